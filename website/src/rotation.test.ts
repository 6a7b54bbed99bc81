import assert from "node:assert/strict";
import { begin, MAIN_STAY, next, OTHER_STAY, type Position, previous, type Stop, settle } from "./rotation";

const stop = (at: number, pages = 1, isSought = false): Stop => ({ at, pages: () => pages, isSought });
const NINE = stop(900, 2);
const ELEVEN = stop(1100);
const ONE = stop(1300);
const STOPS = [NINE, ELEVEN, ONE];

function follow(stops: Stop[], from: Position, turns: number, languages: number): Position[] {
  const positions = [from];
  for (let turn = 0; turn < turns; turn++) positions.push(next(stops, positions[turn] as Position, languages));
  return positions;
}

describe("rotation", () => {
  it("stays 15 seconds on pages of the main start, and 10 on others", () => {
    assert.deepEqual([MAIN_STAY, OTHER_STAY], [15_000, 10_000]);
  });

  it("begins at the main start, or at the first one", () => {
    assert.equal(begin(STOPS, 1100, 1).at, 1100);
    assert.equal(begin(STOPS, undefined, 1).at, 900);
  });

  it("shows every page of every start in turn, and comes round", () => {
    const seen = follow(STOPS, begin(STOPS, undefined, 1), 5, 1).map(({ at, page }) => [at, page]);
    assert.deepEqual(seen, [
      [900, 0],
      [900, 1],
      [1100, 0],
      [1300, 0],
      [900, 0],
      [900, 1],
    ]);
  });

  it("shows one other start at a time between the pages that people look for, as soon as these are several", () => {
    const stops = [stop(840, 1, true), stop(900, 2, true), ELEVEN, ONE, stop(1430)];
    const seen = follow(stops, begin(stops, 840, 1), 15, 1).map(({ at, page }) => `${at}${page ? ` ${page}` : ""}`);
    const sought = ["840", "900", "900 1"];
    assert.deepEqual(seen, [...sought, "1100", ...sought, "1300", ...sought, "1430", ...sought, "1100"]);
  });

  it("shows all others in turn while what people look for is a single page", () => {
    const stops = [stop(900, 1, true), ELEVEN, ONE];
    assert.deepEqual(
      follow(stops, begin(stops, 900, 1), 3, 1).map(({ at }) => at),
      [900, 1100, 1300, 900],
    );
  });

  for (const languages of [1, 2, 3, 4]) {
    it(`shows the others, too, in each of ${languages} languages, each as often as it comes`, () => {
      for (const others of [2, 3, 4]) {
        const stops = [stop(900, 2, true), ...Array.from({ length: others }, (_, index) => stop(1100 + index))];
        const seen = follow(stops, begin(stops, 900, languages), 3 * others * languages, languages);
        for (const { at } of stops) {
          const spoken = new Set(seen.filter((position) => position.at === at).map(({ language }) => language));
          assert.equal(spoken.size, languages, `${others} others, ${at}`);
        }
      }
    });
  }

  it("keeps all pages of a start in one language", () => {
    const [first, second] = follow(STOPS, begin(STOPS, undefined, 2), 1, 2);
    assert.equal(first?.language, second?.language);
  });

  for (const languages of [1, 2, 3, 4]) {
    it(`shows each start in each of ${languages} languages within as many rounds`, () => {
      for (const stops of [[NINE], [NINE, ELEVEN], STOPS, [...STOPS, stop(1430, 3)]]) {
        const turns = languages * stops.reduce((sum, one) => sum + one.pages(0), 0);
        const seen = follow(stops, begin(stops, undefined, languages), turns, languages);
        for (const { at } of stops) {
          const spoken = new Set(seen.filter((position) => position.at === at).map(({ language }) => language));
          assert.equal(spoken.size, languages, `${stops.length} stops, ${at}`);
        }
      }
    });
  }

  it("goes back the way it came", () => {
    const way = follow(STOPS, begin(STOPS, undefined, 2), 9, 2);
    for (let turn = 1; turn < way.length; turn++) assert.deepEqual(previous(STOPS, way[turn] as Position, 2), way[turn - 1]);
    const sought = [stop(900, 2, true), ELEVEN, ONE];
    const wayBetween = follow(sought, begin(sought, undefined, 2), 20, 2);
    for (let turn = 1; turn < wayBetween.length; turn++) {
      assert.deepEqual(previous(sought, wayBetween[turn] as Position, 2), wayBetween[turn - 1]);
    }
  });

  it("stays where it is when new data comes", () => {
    const position = next(STOPS, begin(STOPS, undefined, 2), 2);
    assert.equal(settle([stop(840), NINE, stop(1000), ELEVEN], position, 2), position);
  });

  it("shows the last page that is left when a start has got shorter", () => {
    const position: Position = { at: 900, page: 1, round: 3, language: 1 };
    assert.deepEqual(settle([stop(900, 1), ELEVEN], position, 2), { ...position, page: 0 });
  });

  it("goes on to the following start when its own is gone, and round after the last", () => {
    assert.equal(settle([NINE, ONE], { at: 1100, page: 0, round: 0, language: 0 }, 1).at, 1300);
    assert.deepEqual(settle([NINE, ELEVEN], { at: 1300, page: 0, round: 0, language: 0 }, 1), { at: 900, page: 0, round: 1, language: 0 });
  });

  it("turns a lone page to itself, in the next round", () => {
    assert.deepEqual(next([ONE], begin([ONE], undefined, 2), 2), { at: 1300, page: 0, round: 1, language: 1 });
  });
});
