import assert from "node:assert/strict";
import { FetchError } from "./download";
import { CLAIM_SECONDS } from "./fetch-once";
import { World } from "./testing/world";

describe("fetchOnce", () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });

  const shown = () => world.exports.at(-1)?.text;

  it("puts the first export under a key that says when it was fetched", async () => {
    const { outcome, key } = await world.run();
    assert.deepEqual([outcome, key], ["changed", "orders/fetched-2026-12-27T07-00-00Z-ca978112.tsv"]);
    assert.deepEqual(world.exports, [{ key: "orders/fetched-2026-12-27T07-00-00Z-ca978112.tsv", text: "a" }]);
  });

  it("writes nothing at all for what did not change, whether the server knows it or not", async () => {
    await world.run();
    const { writes } = world;
    assert.equal((await world.run()).outcome, "unchanged");
    world.server = () => world.holds("a", '"another"');
    assert.equal((await world.run()).outcome, "unchanged");
    world.server = () => ({ changed: true, body: Buffer.from("a") });
    assert.equal((await world.run()).outcome, "unchanged");
    assert.equal(world.writes, writes);
  });

  it("puts an export again that comes back after another", async () => {
    for (const text of ["a", "b", "a"]) {
      world.server = () => world.holds(text);
      assert.equal((await world.run()).outcome, "changed");
    }
    assert.deepEqual(
      world.exports.map(({ text }) => text),
      ["a", "b", "a"],
    );
  });

  for (const write of [0, 1, 2]) {
    it(`loses nothing when it dies before its write number ${write + 1}`, async () => {
      world.beforeWrite = (number) => {
        if (number === write) throw new Error("died");
      };
      await assert.rejects(world.run(), { message: "died" });
      world.beforeWrite = () => {};
      world.seconds += CLAIM_SECONDS;
      assert.equal((await world.run()).outcome, "changed");
      assert.equal(shown(), "a");
      assert.equal((await world.run()).outcome, "unchanged");
    });
  }

  it("leaves alone what another run has claimed, as long as that may live", async () => {
    world.beforeWrite = (number) => {
      if (number === 1) throw new Error("stands still");
    };
    await assert.rejects(world.run());
    world.beforeWrite = () => {};
    world.seconds += CLAIM_SECONDS - 1;
    assert.equal((await world.run()).outcome, "busy");
    assert.deepEqual(world.exports, []);
  });

  it("never puts an older export over a newer when two run at once", async () => {
    await world.run();
    const older = world.held("older");
    world.server = () => world.holds("newer");
    assert.equal((await world.run()).outcome, "changed");
    older.goOn();
    assert.equal((await older.run).outcome, "busy");
    assert.equal(shown(), "newer");
  });

  it("asks anew when the address or the mapping changed", async () => {
    await world.run();
    await world.run({ source: "other" });
    assert.deepEqual(world.asked, [{}, {}]);
    assert.equal(world.exports.length, 2);
  });

  it("tells what failed in a sentence, and forgets nothing by it", async () => {
    await world.run();
    const { memory } = world;
    world.server = () => {
      throw new FetchError("the server answers 500", true);
    };
    assert.deepEqual(await world.run(), { outcome: "failed", what: "the server answers 500" });
    assert.equal(world.memory, memory);
  });

  it("leaves a server alone for as long as it asks, and then goes on from what it knew", async () => {
    await world.run();
    world.server = () => {
      throw new FetchError("the server answers 503, and asks to wait 3600 s", true, 3600);
    };
    assert.equal((await world.run()).outcome, "failed");
    const asked = world.asked.length;
    world.seconds += 3599;
    assert.deepEqual(await world.run(), { outcome: "waiting", what: "the server asks to be left alone until 2026-12-27T08:00:00.000Z" });
    assert.equal(world.asked.length, asked);
    world.seconds += 1;
    world.server = () => world.holds("a");
    assert.equal((await world.run()).outcome, "unchanged");
  });
});
