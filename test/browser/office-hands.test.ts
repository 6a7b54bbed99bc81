import assert from "node:assert/strict";
import type { Clerk } from "./support/clerk";
import { officeDay } from "./support/office-days";
import { anOffice, bars, TELEPHONE } from "./support/office-desk";
import { keepPictureOf } from "./support/pictures";

describe("how the office is worked with", function () {
  this.timeout(60_000);
  const { open } = anOffice();

  const hasFocus = ({ page }: Clerk, selector: string) =>
    page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
  const said = ({ page }: Clerk) => page.locator(".messages .hidden").textContent();

  it("asks before all that was edited of the instructors is thrown away", async () => {
    const clerk = await open();
    const { page } = clerk;
    await page.getByRole("button", { name: "Instruktoři", exact: true }).click();
    const first = page.locator(".profile-name input").first();
    const name = await first.inputValue();
    await first.fill("Někdo");
    page.once("dialog", (dialog) => void dialog.dismiss());
    await page.getByRole("button", { name: "Zrušit" }).click();
    assert.equal(await first.inputValue(), "Někdo");
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Zrušit" }).click();
    assert.equal(await first.inputValue(), name);
  });

  describe("without a mouse", () => {
    it("leaves the files in sight for whoever tabs to the board, until a lesson is chosen", async () => {
      const clerk = await open();
      await bars(clerk, ".row").first().focus();
      assert.ok(await clerk.page.locator(".files").isVisible());
      await clerk.press("Enter");
      await hasFocus(clerk, ".panel [data-candidate]");
      await clerk.press("Escape");
      await hasFocus(clerk, ".row [data-lesson]");
      await clerk.press("Escape");
      assert.ok(await clerk.page.locator(".files").isVisible());
      await hasFocus(clerk, ".row [data-lesson]");
    });

    it("brings the focus back when the panel is closed, and to the lesson that is taken away", async () => {
      const clerk = await open();
      const lesson = (await bars(clerk, ".row").first().getAttribute("data-lesson")) ?? "";
      await clerk.page.locator(`[data-lesson="${lesson}"]`).click();
      await clerk.page.getByRole("button", { name: "Zavřít" }).click();
      await hasFocus(clerk, `.row [data-lesson="${lesson}"]`);
      await clerk.press("Enter");
      await clerk.page.getByRole("button", { name: "Odebrat" }).click();
      await hasFocus(clerk, `.open [data-lesson="${lesson}"]`);
    });

    it("brings the focus back when a dialog ends, and to the page where what had it is gone", async () => {
      const clerk = await open();
      const { page } = clerk;
      await page.getByRole("button", { name: "Navrhnout" }).click();
      await page.getByRole("button", { name: "Zrušit" }).click();
      await hasFocus(clerk, ".open > .button");
      await clerk.press("Enter");
      await page.getByRole("dialog").waitFor();
      await clerk.press("Escape");
      await hasFocus(clerk, ".open > .button");
      const day = officeDay(2, 6);
      await clerk.leave();
      const few = await open({ day: { ...day, roster: null } });
      await few.page.getByRole("button", { name: "Navrhnout" }).click();
      await few.page.getByRole("button", { name: /Použít vybrané/ }).click();
      assert.equal(await few.open(), 0);
      await hasFocus(few, "main");
    });

    it("takes a lesson away by Delete where a lesson has the focus, and nowhere else", async () => {
      const clerk = await open();
      const before = await clerk.open();
      await bars(clerk, ".row").first().click();
      for (const name of ["Odhlásit", "Instruktoři"]) {
        await clerk.page.getByRole("button", { name, exact: true }).focus();
        await clerk.press("Delete", "Backspace", "n");
      }
      assert.equal(await clerk.open(), before);
      await hasFocus(clerk, ".tabs button");
      await bars(clerk, ".row").first().focus();
      await clerk.press("Delete");
      assert.equal(await clerk.open(), before + 1);
      await clerk.press("n");
      await hasFocus(clerk, ".open [data-lesson]");
    });

    it("says what undo and redo have changed", async () => {
      const clerk = await open();
      await bars(clerk, ".row").first().focus();
      await clerk.press("Delete", "Control+z");
      assert.match((await said(clerk)) ?? "", /^Zpět: Lekce \d+:\d\d .+: \S+\.$/);
      await clerk.press("Control+y");
      assert.match((await said(clerk)) ?? "", /^Znovu: Lekce .+: nikdo\.$/);
    });

    it("closes the print menu with a choice, with Escape, and when the focus goes on", async () => {
      const clerk = await open();
      const { page } = clerk;
      await page.evaluate(() => Object.assign(window, { print: () => {} }));
      const menu = page.locator(".menu summary");
      for (const end of [() => page.getByRole("button", { name: "Celý den" }).click(), () => clerk.press("Escape")]) {
        await menu.click();
        await page.locator(".menu[open]").waitFor();
        await end();
        assert.equal(await page.locator(".menu[open]").count(), 0);
        await hasFocus(clerk, ".menu summary");
      }
      await menu.click();
      await clerk.press("Tab", "Tab", "Tab");
      assert.equal(await page.locator(".menu[open]").count(), 0);
    });

    it("reads no day of the year 2 while the year of a date is typed", async () => {
      const clerk = await open();
      const input = clerk.page.getByLabel("Jiný den");
      const heading = await clerk.page.locator("h1").first().textContent();
      await input.evaluate((element: HTMLInputElement) => {
        element.value = "0002-12-27";
        element.dispatchEvent(new Event("change", { bubbles: true }));
      });
      assert.equal(await clerk.page.locator("h1").first().textContent(), heading);
      await input.fill("2026-12-28");
      await clerk.page.getByText("Pondělí 28. prosince").first().waitFor();
    });
  });

  describe("on a telephone", () => {
    it("gives an open lesson to somebody by three taps, and shows it in their list with its time", async () => {
      const clerk = await open({ size: TELEPHONE, isTouched: true });
      const { page } = clerk;
      const before = await clerk.open();
      await keepPictureOf(page, "office-telephone");
      await page.getByRole("button", { name: /^Volné/ }).tap();
      const lesson = (await bars(clerk, ".open").first().getAttribute("data-lesson")) ?? "";
      await page.locator(`[data-lesson="${lesson}"]`).tap();
      const candidate = page.locator("[data-candidate]").first();
      const who = await candidate.getAttribute("data-candidate");
      await candidate.tap();
      assert.equal(await clerk.open(), before - 1);
      await page.getByRole("button", { name: "Zavřít" }).tap();
      await page.getByRole("button", { name: "Rozvrh" }).tap();
      const bar = page.locator(`[data-instructor="${who}"] [data-lesson="${lesson}"]`);
      const time = bar.locator(".bar-time");
      assert.ok(await time.isVisible());
      assert.match((await time.textContent()) ?? "", /^\d+:\d\d–\d+:\d\d$/);
      assert.ok(await page.getByRole("button", { name: /Zveřejnit/ }).isVisible());
      const widths = await page.locator(".row .bar").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
      assert.ok(Math.min(...widths) > 300, "each lesson has the whole line");
    });

    it("lets what was discarded be brought back", async () => {
      const clerk = await open({ size: TELEPHONE, isTouched: true });
      const { page } = clerk;
      const publish = page.locator(".publish");
      assert.ok(!(await publish.isVisible()), "there is nothing to publish or to undo");
      const before = await clerk.open();
      await bars(clerk, ".row").first().focus();
      await clerk.press("Delete");
      await page.getByRole("button", { name: "Zahodit změny" }).tap();
      assert.equal(await clerk.open(), before);
      await clerk.inspect();
      await page.getByRole("button", { name: "Zpět", exact: true }).tap();
      assert.equal(await clerk.open(), before + 1);
    });

    it("has targets of 44 pixels for large fingers", async () => {
      const clerk = await open({ size: TELEPHONE, isTouched: true });
      await bars(clerk, ".row").first().tap();
      const small = await clerk.page
        .locator(".top button:visible, .parts button, .bar:visible, .candidate")
        .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map(({ outerHTML }) => outerHTML));
      assert.deepEqual(small, []);
    });
  });
});
