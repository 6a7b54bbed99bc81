import assert from "node:assert/strict";
import { profilesIn, profilesText } from "./profiles-text";
import { DATE, instructor, randomOf } from "./testing/days";
import { askFunction } from "./testing/python";

const FUNCTION = `
from scheduler.errors import FileRejectedError
from scheduler.instructors import read_profiles
from scheduler.items import profile_item
answers = []
for text in cases:
    try:
        items = [profile_item(profile) for profile in read_profiles(text.encode()).values()]
        answers.append([{key: value for key, value in item.items() if key not in ("PK", "SK")} for item in items])
    except FileRejectedError:
        answers.append(None)
`;

describe("profilesIn", () => {
  it("reads and refuses what the function does, whatever hands have written", function () {
    this.timeout(20_000);
    const texts = Array.from({ length: 600 }, (_, seed) => randomText(seed));
    const theirs = askFunction<unknown[]>(FUNCTION, texts);
    for (const [number, text] of texts.entries()) {
      const ours = profilesIn(text)?.map(({ more: _, ...instructor }) => instructor) ?? null;
      assert.deepEqual(ours, theirs[number], `case ${number}: ${text}`);
    }
    const refused = theirs.filter((answer) => answer === null).length;
    assert.ok(refused > 100 && refused < 500, `${refused} of 600 are refused`);
  });

  it("reads what the office wrote, and loses nothing that somebody else wrote beside it", () => {
    const jana = instructor("jana", { languages: ["cs"], levels: ["a"], active: false, absences: [DATE], more: { phone: "on the wall" } });
    assert.deepEqual(profilesIn(profilesText([jana, instructor("petr")])), [jana, instructor("petr")]);
  });
});

describe("profilesText", () => {
  it("says of an instructor only what is not usual", () => {
    const text = profilesText([
      instructor("jana", { languages: ["cs"] }),
      instructor("petr", { active: false, absences: [DATE], levels: ["a"] }),
    ]);
    assert.deepEqual(JSON.parse(text), {
      jana: { name: "jana", languages: ["cs"] },
      petr: { name: "petr", languages: [], levels: ["a"], active: false, absences: [DATE] },
    });
  });
});

/** Profiles in which a few things are odd or wrong. */
function randomText(seed: number): string {
  const random = randomOf(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const odd = <T>(usual: T, ...others: unknown[]): T => (random() < 0.05 ? (pick(others) as T) : usual);
  const texts = (...of: unknown[]) =>
    odd(pick([undefined, null, [], [odd(pick(of), "", " ", 7, null, "x".repeat(257), "\ud800")], of]), "text", {}, 1, true);
  const profile = () =>
    odd(
      {
        name: odd(pick(["Jana", " Petr\u00a0"]), "", "\ufeff", null, 3, undefined, ["Jana"]),
        photo: odd(pick([undefined, null, "photos/jana.jpg", "á b.png"]), "", "../x", "/x", "a..b", 7, "a\n"),
        languages: texts("cz", " DE", "Cs\t"),
        levels: texts("lyže pokročilý", " a "),
        active: odd(pick([undefined, true, false]), null, "yes", 1, 0),
        absences: texts("2026-12-27", " 2026-12-26", "2026-12-27", odd("2028-02-29", "2026-02-30", "0000-01-01", "27.12.2026")),
        ...odd({}, { note: "x" }),
      },
      null,
      [],
      "Jana",
    );
  const file = odd({ jana: profile(), [String(odd("petr", "", " ", "x".repeat(257)))]: profile() }, [], null, 1, {});
  return String(odd(`${odd("", "\ufeff", " ")}${JSON.stringify(file)}`, "", "{", "<html>", "id_order\tdate_order\n"));
}
