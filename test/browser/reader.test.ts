import assert from "node:assert/strict";
import { MINUTE } from "../../common/clock";
import { day } from "../../website/src/testing/documents";
import { lesson, participant } from "./support/days";
import { openScreen, type Screen } from "./support/screen";
import { publish } from "./support/world";

/** What a screen reader meets, in its order: role and name of all that has a name, its ancestors before it. */
async function readOut(screen: Screen): Promise<string[]> {
  const session = await screen.page.context().newCDPSession(screen.page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const walk = (id: string): string[] => {
    const node = byId.get(id);
    if (!node) return [];
    const name = String(node.name?.value ?? "").trim();
    const own = node.ignored || name === "" || node.role?.value === "InlineTextBox" ? [] : [`${node.role?.value} ${name}`];
    return [...own, ...(node.childIds ?? []).flatMap(walk)];
  };
  return walk(nodes[0]?.nodeId ?? "");
}

/** Fails unless all of `parts` are there, each after the one before. */
function assertOrder(found: readonly string[], parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const index = found.indexOf(part, from);
    assert.ok(index >= 0, `"${part}" in its place in:\n${found.join("\n")}`);
    from = index + 1;
  }
}

const LESSONS = [
  lesson(1, { participants: [participant(1)], instructor: { id: "jana", name: "Jana", photo: null }, location: "Stone bar" }),
  lesson(2, { type: "large-group", participants: [participant(2), participant(3)], instructor: null, location: "Stone bar" }),
];

const FIRST = ["heading Private", "image Instructor", "StaticText Jana", "StaticText PL", "StaticText Kamil", "StaticText Ko.Wo."];

describe("a screen reader", () => {
  it("reads the day, the time, the starts, then the start as a heading, and each lesson under a heading of its own", async () => {
    await publish([day([...LESSONS, lesson(3, { start: "11:00", end: "12:00" })])]);
    const screen = await openScreen({ query: "?lang=en" });
    await screen.see("#code svg");
    const found = await readOut(screen);
    const top = ["StaticText Sunday 27 December", "StaticText 8:50", "list Start times", "image This list on your telephone"];
    assertOrder(found, [...top, "heading 9:00 –10:50", ...FIRST]);
    assertOrder(found, ["heading Private", "heading Large group", "list Participants", "StaticText Žofie", "StaticText as of 7:40"]);
    const levels = await screen.page.locator("h1, h2").evaluateAll((headings) => headings.map(({ tagName }) => tagName));
    assert.deepEqual(levels, ["H1", "H2", "H2"]);
  });

  it("is told nothing twice: the page that fades and the lessons that are measured are hidden", async () => {
    await publish([day(LESSONS)]);
    const screen = await openScreen({ query: "?lang=en" });
    await screen.rest();
    assert.equal((await readOut(screen)).filter((line) => line === "StaticText Jana").length, 1);
  });

  it("is not interrupted by the clock, nor by pages that turn", async () => {
    await publish([day([...LESSONS, lesson(3, { start: "11:00", end: "12:00" })])]);
    const screen = await openScreen({ query: "?lang=en" });
    await screen.pass(2 * MINUTE);
    const live = await screen.page
      .locator("[aria-live], [role=status], [role=alert], [role=timer], [role=log]")
      .evaluateAll((regions) => regions.map((region) => region.className));
    assert.deepEqual(live, ["band"], "only a lost connection speaks up");
  });

  it("reads the list on a telephone: languages, search, then each start with its lessons", async () => {
    await publish([day([...LESSONS, lesson(3, { start: "11:00", end: "12:00" })])]);
    const screen = await openScreen({ query: "?lang=en", size: { width: 390, height: 844 } });
    assertOrder(await readOut(screen), [
      "button Čeština",
      "searchbox Search for a name",
      "heading 9:00–10:50",
      ...FIRST,
      "heading Large group",
      "heading 11:00–12:00",
    ]);
  });
});
