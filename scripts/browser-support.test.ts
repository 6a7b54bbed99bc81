import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unsupportedUses } from "./browser-support";

/** Pieces of code, and what is found in each. */
const CODE: [code: string, ...found: string[]][] = [
  // Methods of values, of objects, of elements, and of what they return.
  ["(['b', 'a'] as readonly string[]).toSorted();", "Array.toSorted: chrome 110, safari 16"],
  ["['a'].map((one) => one).at(0);", "Array.at: chrome 92, safari 15.4"],
  ["document.createElement('p').replaceChildren();", "Element.replaceChildren: chrome 86"],
  ["document.body.animate([]).finished.then(() => undefined);", "Animation.finished: chrome 84"],
  // Static ones, also taken out of their object.
  ["URL.canParse('a');", "URL.canParse: chrome 120, safari 17"],
  ["export const { hasOwn } = Object;", "Object.hasOwn: chrome 93, safari 15.4"],
  // Global names.
  ["structuredClone(1);", "structuredClone: chrome 98, safari 15.4"],
  ["new CompressionStream('gzip');", "CompressionStream: chrome 80, safari 16.4"],
  // What is asked for first may be missing; a question about something else does not count.
  ["navigator.wakeLock?.request('screen').then(() => undefined);"],
  ["[[1]].pop()?.toSorted();", "Array.toSorted: chrome 110, safari 16"],
  // What they have, what the build lowers, and names that only sound alike.
  ["[...'ab'].flatMap((one) => [one ?? 1]);"],
  ["new Intl.PluralRules('cs').select(Object.entries({}).length);"],
  ["export const toSorted = { at: () => 1, replaceChildren: () => 2 };\ntoSorted.at() + toSorted.replaceChildren();"],
  ["export type Cloner = typeof structuredClone;"],
];

describe("the display's script", function () {
  this.timeout(60_000);

  it("is held to what the oldest browsers have", () => {
    const folder = mkdtempSync(join(tmpdir(), "goldsport-"));
    try {
      const files = CODE.map(([code], number) => {
        const file = join(folder, `${number}.ts`);
        writeFileSync(file, `${code}\nexport {};\n`);
        return file;
      });
      const found = unsupportedUses(files).map((line) => line.slice(line.lastIndexOf("/") + 1));
      assert.deepEqual(
        found,
        CODE.flatMap(([, ...lines], number) => lines.map((line) => `${number}.ts:1 ${line}`)),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
