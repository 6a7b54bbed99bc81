import assert from "node:assert/strict";
import type { Clerk } from "./support/clerk";
import { openOffice } from "./support/office";
import { officeDay } from "./support/office-days";
import { browser } from "./support/world";

/** 7.5 points, in CSS pixels. */
const LEAST_LETTERS = 10;

/** How many pages are printed when a choice of the menu is taken. */
async function pagesOf({ page }: Clerk, choice: string): Promise<number> {
  // What is printed goes into a file, and not to a printer.
  await page.evaluate(() => Object.assign(window, { print: () => {} }));
  await page.getByText("Tisk", { exact: true }).click();
  await page.getByRole("button", { name: choice }).click();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

describe("what the office prints", function () {
  this.timeout(60_000);

  for (const [lessons, instructors] of [
    [6, 3],
    [37, 12],
    [80, 20],
    [150, 40],
  ] as const) {
    it(`is one page for a day of ${lessons} lessons and ${instructors} instructors, with every lesson and letters that can be read`, async () => {
      const { clerk } = await openOffice(browser(), { day: officeDay(lessons, instructors) });
      assert.equal(await pagesOf(clerk, "Celý den"), 1);
      await clerk.page.emulateMedia({ media: "print" });
      const letters = await clerk.page
        .locator(".print-day :is(h1, th, td)")
        .evaluateAll((cells) => cells.map((cell) => Number.parseFloat(getComputedStyle(cell).fontSize)));
      assert.ok(Math.min(...letters) >= LEAST_LETTERS, `${Math.min(...letters)} px`);
      assert.equal(await clerk.page.locator(".print-day tr:not(.print-start):visible").count(), lessons);
      // Only people may be cut, as there is no page for ten names in a line; how many they are is told beside.
      const cut = await clerk.page
        .locator(".print-day :is(th, td):not(.print-people)")
        .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent));
      assert.deepEqual(cut, []);
      await clerk.leave();
    });
  }

  it("is as few pages as can be read where one is too small", async () => {
    const { clerk } = await openOffice(browser(), { day: officeDay(300, 60) });
    assert.equal(await pagesOf(clerk, "Celý den"), 2);
    await clerk.leave();
  });

  it("is a strip for each who teaches, and none of them is torn", async () => {
    const day = officeDay(150, 40);
    const { clerk } = await openOffice(browser(), { day });
    const teaching = new Set(day.roster?.assignments.map(({ instructor_id }) => instructor_id));
    const pages = await pagesOf(clerk, "Proužky pro instruktory");
    await clerk.page.emulateMedia({ media: "print" });
    const strips = clerk.page.locator(".print-strips article");
    assert.equal(await strips.count(), teaching.size);
    assert.deepEqual(await strips.evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).breakInside))]), ["avoid"]);
    assert.ok(pages <= Math.ceil(teaching.size / 6), `${pages} pages for ${teaching.size} strips`);
    await clerk.leave();
  });
});
