import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { exportOf } from "./exports";

/** Of these orders, the server cancels those of one remainder by seven in each turn: one in its first, two in its fourth, three in its fifth, four in its tenth. */
const ORDERS = [7, 3, 10, 4, 11, 18, 2, 9, 16, 23];

/** What a booking server does in turn, what a fetch then says, and how many lessons are new on the screen. */
const TURNS: [server: string, fetch: RegExp, lessons?: number][] = [
  ["it answers as it should; its bookings have changed", /^changed: a new export of \d+ bytes$/, 9],
  ["it answers as it should; its bookings are the same", /^unchanged: the server has nothing newer$/],
  ["it answers 500; its bookings have changed", /^failed: the server answers 500$/],
  ["it answers as it should; its bookings have changed", /^changed: /, 8],
  ["it is slow; its bookings have changed", /^changed: /, 7],
  ["it breaks off halfway; its bookings have changed", /^failed: the connection breaks off$/],
  ["it answers with a web page; its bookings have changed", /^failed: the server answers with a web page, not an export$/],
  ["it answers with nothing; its bookings have changed", /^failed: the server answers with nothing$/],
  [
    "it sends on to another host; its bookings have changed",
    /^failed: the server sends on to https:\/\/example\.org, and only \S+ is followed$/,
  ],
  ["it knows neither ETag nor Last-Modified; its bookings have changed", /^changed: /, 6],
  ["it knows neither ETag nor Last-Modified; its bookings are the same", /^unchanged: the server sends what it sent last$/],
  ["it asks to be left alone; its bookings have changed", /^failed: the server answers 503, and asks to wait 45 s$/],
  ["it answers as it should; its bookings have changed", /^waiting: the server asks to be left alone until \S+$/],
];

describe("npm start -- --fetch", function () {
  this.timeout(180_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-moods-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("goes through all moods of its booking server, tells what each fetch says, and the day on the screen follows", async () => {
    writeFileSync(
      join(folder, "today.tsv"),
      exportOf(...ORDERS.map((id) => ({ id_order: String(id), name_sponsor: `Sponsor${id} Petr` }))),
    );
    const args = ["local/start.ts", "--fetch", "--turn", "1", "--watch", join(folder, "inbox"), join(folder, "today.tsv")];
    const running = execa("ts-node", args, { preferLocal: true, env: { TMPDIR: folder }, stdin: "ignore" });
    const told: string[] = [];
    for await (const line of running) {
      const [, text] = /^ {2}\d\d:\d\d:\d\d (.*)$/.exec(line) ?? [];
      if (text !== undefined) {
        told.push(text);
      }
      if (text?.startsWith("fetch:          waiting")) {
        running.kill("SIGINT");
        break;
      }
    }
    await running;

    assert.equal(told.shift(), "on the screen:  orders/today.tsv: 10 lessons, 10 participants on 1 days");
    for (const [server, fetched, lessons] of TURNS) {
      assert.equal(told.shift(), `booking server: ${server}`);
      assert.match((told.shift() ?? "").replace("fetch:          ", ""), fetched);
      if (lessons !== undefined) {
        assert.match(told.shift() ?? "", new RegExp(`^on the screen:  orders/fetched-\\S+\\.tsv: ${lessons} lessons, `));
      }
    }
    assert.deepEqual(told, []);
  });
});
