import assert from "node:assert/strict";
import { PARTS, type Part } from "./parts";
import { type Figure, report } from "./report";

const part = PARTS[0] as Part;
const page = (figures: Record<string, Figure>) => report([{ part, seconds: 12, figures }], 120);

describe("the proof's report", () => {
  it("has a section for each part, with what it does and the command that repeats it", () => {
    const text = page({});
    assert.ok(text.includes(`## ${part.title}`) && text.includes(part.does));
    assert.ok(text.includes(`\`npm run proof -- ${part.name}\`, 12 s.`));
    assert.match(text, /The whole took 2\.0 minutes on \d+ cores/);
  });

  it("lists plain figures, with thousands set apart", () => {
    assert.ok(page({ mutations: 12_000, "seconds at most": 0.456 }).includes("| mutations | 12,000 |\n| seconds at most | 0.46 |"));
  });

  it("puts groups of the same figures into one table, and others into another", () => {
    const text = page({ "first day": { items: 1, bytes: 2 }, "last day": { items: 3, bytes: 4 }, order: { calls: 5 } });
    assert.ok(text.includes("|  | items | bytes |\n| --- | ---: | ---: |\n| first day | 1 | 2 |\n| last day | 3 | 4 |"));
    assert.ok(text.includes("|  | calls |\n| --- | ---: |\n| order | 5 |"));
  });
});
