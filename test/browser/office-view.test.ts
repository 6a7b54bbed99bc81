import assert from "node:assert/strict";
import { DATE } from "../../planning/testing/days";
import type { Clerk } from "./support/clerk";
import { officeDay, rosterOf } from "./support/office-days";
import { anOffice, bars, DESK, TABLET, TELEPHONE, UPRIGHT } from "./support/office-desk";
import { keepPictureOf } from "./support/pictures";
import { eventually } from "./support/screen";

/** What a file became, as the table has it. */
function record(key: string, change: Record<string, unknown>) {
  const uploaded_at = `${DATE}T06:10:00.000Z`;
  const none = { code: null, reason: null, rows: null, first_failure: null, lessons_changed: 0, participants_changed: 0 };
  return {
    SK: `${uploaded_at}#${key}`,
    key,
    etag: "x",
    uploaded_at,
    uploaded_by: "petr@example.com",
    outcome: "accepted",
    ...none,
    ...change,
  };
}

describe("how the office looks", function () {
  this.timeout(60_000);
  const { open, aws } = anOffice();

  /** Shows a part of the day where the screen is too small for all. */
  const showPart = async ({ page }: Clerk, part: string) => {
    const button = page.locator(".parts").getByRole("button", { name: part });
    if (await button.isVisible()) await button.click();
  };

  for (const [name, size] of Object.entries({ desk: DESK, tablet: TABLET, "tablet upright": UPRIGHT, telephone: TELEPHONE })) {
    it(`can be read and used by everybody on a ${name}, with conflicts, moved lessons, a selected lesson, the menu and trouble`, async () => {
      const clerk = await open({ size, isTouched: size === TELEPHONE });
      const { page } = clerk;
      assert.ok((await page.locator(".bar-warning").count()) >= 2);
      await clerk.inspect();
      await showPart(clerk, "Kolize a soubory");
      await page.getByText("Přesunuté lekce").waitFor();
      await clerk.inspect();
      for (const part of ["Rozvrh", "Volné"]) await showPart(clerk, part);
      await bars(clerk, ".open").first().click();
      await page.locator(".panel-lesson").waitFor();
      await clerk.inspect();
      await page.getByRole("button", { name: "Zavřít" }).click();
      const more = page.getByRole("button", { name: "Další" });
      if (await more.isVisible()) await more.click();
      await page.getByText("Tisk", { exact: true }).click();
      await clerk.inspect();
      await page.keyboard.press("Escape");
      aws().isReachable = false;
      await page.getByRole("button", { name: "Zítra" }).click();
      await page.getByText("Není spojení").waitFor();
      await clerk.inspect();
    });
  }

  for (const language of ["de", "pl"] as const) {
    it(`has room for all that it says in ${language}, on every screen`, async () => {
      const clerk = await open({ language });
      assert.equal(await clerk.page.getAttribute("html", "lang"), language);
      await bars(clerk, ".row").first().focus();
      await clerk.press("Delete");
      for (const size of [DESK, TABLET, UPRIGHT, TELEPHONE]) {
        await clerk.page.setViewportSize(size);
        await clerk.inspect();
        const publish = await clerk.page.locator(".publish .button-main").boundingBox();
        assert.ok(publish && publish.x >= 0 && publish.x + publish.width <= size.width, `${size.width}`);
      }
    });
  }

  it("shows who is free for a lesson, why the others are not, and proposals of which each tells its lesson from all others", async () => {
    const clerk = await open({ day: officeDay(22, 9), language: "en" });
    const { page } = clerk;
    await page.locator(".open [data-lesson]").first().click();
    assert.ok((await page.locator(".candidates > ul:not(.candidates-busy) .candidate").count()) > 0);
    assert.equal(await page.locator(".candidates-busy .candidate:not(:has(.candidate-reason))").count(), 0);
    await keepPictureOf(page, "office-day");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Propose" }).click();
    const lessons = await page.getByRole("dialog").locator(".proposal-lesson").allTextContents();
    assert.equal(new Set(lessons).size, lessons.length);
    await keepPictureOf(page, "office-propose");
  });

  it("tells a lesson's kind by a sign, whose meaning stands in words below the board and in the lesson's name", async () => {
    const clerk = await open();
    assert.deepEqual(await clerk.page.locator(".legend li").allTextContents(), ["Privát", "Malá skupina", "Velká skupina"]);
    const signs = await clerk.page.locator(".legend path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
    assert.equal(new Set(signs).size, 3);
    for (const [index, kind] of ["private", "small-group", "large-group"].entries()) {
      const shown = clerk.page.locator(`.bar-${kind} .bar-people path`).first();
      assert.equal(await shown.getAttribute("d"), signs[index]);
    }
    assert.ok((await clerk.page.getByRole("button", { name: /Velká skupina/ }).count()) > 0);
  });

  it("shows as good news that nothing is open", async () => {
    const day = officeDay(6, 6);
    const plan = day.lessons.map(({ id }, index) => [id, day.instructors[index]?.id ?? ""] as const);
    const clerk = await open({ day: { ...day, roster: rosterOf(plan) } });
    assert.equal(await clerk.page.locator(".open-none").textContent(), "Vše obsazeno");
    await clerk.page.getByRole("button", { name: "Zítra" }).click();
    await clerk.page.getByText("Na tento den nejsou žádné lekce").waitFor();
    assert.equal(await clerk.page.locator(".open-none").textContent(), "0 volných lekcí");
  });

  it("says of each file what it changed, and of no roster that nothing did", async () => {
    const rows = { total: 9, valid: 9, superseded: 0, rejected: {} };
    const uploads = [
      record("orders/season.tsv", { rows, lessons_changed: 2, participants_changed: 5 }),
      record("orders/again.tsv", { rows }),
      record(`instructors/roster-${DATE}.json`, { lessons_changed: 3 }),
      record("instructors/profiles.json", {}),
    ];
    const clerk = await open({ uploads });
    const told = async (name: string) => (await clerk.page.locator(".upload", { hasText: name }).textContent()) ?? "";
    assert.match(await told("season.tsv"), /změny: 2 lekce, 5 osob/);
    assert.match(await told("again.tsv"), /nic se nezměnilo/);
    assert.match(await told("roster"), /jiný instruktor: 3 lekce/);
    assert.doesNotMatch(await told("profiles.json"), /změn/);
  });

  it("keeps a file on its way in sight when a lesson is selected, and says no percent aloud", async () => {
    const clerk = await open();
    await clerk.drop({ name: "season.tsv", text: "x" });
    const sending = clerk.page.locator(".sendings .upload", { hasText: "season.tsv" });
    await sending.getByText("Zpracováváme").waitFor();
    await bars(clerk, ".row").first().click();
    await clerk.page.locator(".panel-lesson").waitFor();
    assert.ok(await sending.isVisible());
    const live = await clerk.page.locator("[role=status], [aria-live]").allTextContents();
    assert.ok(!live.some((text) => /%|Zpracováváme/.test(text)), live.join());
  });

  for (const [name, size] of Object.entries({ desk: DESK, tablet: TABLET, "tablet upright": UPRIGHT, telephone: TELEPHONE })) {
    it(`keeps a file that failed in sight on a ${name}, whatever is shown, while the day is not read, too`, async () => {
      const clerk = await open({ size });
      const { page } = clerk;
      aws().isReachable = false;
      await clerk.drop({ name: "season.tsv", text: "x" });
      const failed = page.locator(".sendings .upload", { hasText: "season.tsv" });
      await failed.getByText("Není spojení").waitFor();
      assert.equal(await failed.count(), 1);
      await clerk.inspect();
      for (const view of ["Instruktoři", "Náhled", "Den"]) {
        await page.getByRole("button", { name: view, exact: true }).click();
        assert.ok(await failed.getByRole("button", { name: "Zkusit znovu" }).isVisible(), view);
      }
      await page.getByRole("button", { name: "Zítra" }).click();
      await page.locator(".day").waitFor({ state: "detached" });
      assert.ok(await failed.isVisible(), "a day that is not read");
    });
  }

  it("marks a lesson that has moved where it is now, in its card, its name and beside the board, and lists it once", async () => {
    const clerk = await open();
    const { page } = clerk;
    const marked = page.locator(".open [data-lesson]:has(.bar-warning)");
    assert.equal(await marked.count(), 1);
    assert.match((await marked.getAttribute("title")) ?? "", /10:00/);
    assert.match((await marked.locator(".hidden").textContent()) ?? "", /10:00/);
    assert.equal(await page.locator(".conflicts > li", { hasText: "10:00" }).count(), 1);
    await marked.click();
    await page.locator(".panel-lesson .warning", { hasText: "10:00" }).waitFor();
  });

  it("has neither a row nor a strip for somebody whose only lesson is gone", async () => {
    const today = officeDay(6, 6);
    const day = {
      ...today,
      instructors: today.instructors.map((each, index) => (index === 0 ? { ...each, active: false } : each)),
      roster: rosterOf([
        ["gone", "i0"],
        [today.lessons[0]?.id ?? "", "i1"],
      ]),
    };
    const clerk = await open({ day });
    assert.equal(await clerk.page.locator('[data-instructor="i0"]').count(), 0);
    assert.equal(await clerk.page.locator(".print-strips article").count(), 1);
  });

  it("draws what is printed once, and only what has changed anew", async () => {
    const clerk = await open();
    const { page } = clerk;
    await page.locator(".print td").evaluateAll((cells) => {
      for (const cell of cells) (cell as HTMLElement).dataset.before = "";
    });
    await bars(clerk, ".row").first().click();
    await page.locator(".panel-lesson").waitFor();
    assert.equal(await page.locator(".print td:not([data-before])").count(), 0);
  });

  it("leaves the preview as it is while nothing but the time is another, and takes what is done in it for done on the page", async () => {
    const clerk = await open();
    const { page } = clerk;
    await page.getByRole("button", { name: "Náhled", exact: true }).click();
    const frame = page.locator("iframe:not(.preview-unseen)");
    await frame.evaluate((element) => {
      element.dataset.before = "";
      addEventListener("touchedinframe", () => document.body.setAttribute("data-touched", ""));
    });
    await frame.click();
    await page.locator("body[data-touched]").waitFor();
    const shown = await frame.getAttribute("data-preview");
    aws().items[`SCHEDULE#${DATE}`]?.push({ SK: "META", revision: 9, state_hash: "another" });
    const asked = aws().asked.length;
    aws().now += 60_000;
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await eventually(async () =>
      assert.ok(
        aws()
          .asked.slice(asked)
          .some(({ body }) => body.includes('"UPLOADS"')),
        "the day is read again",
      ),
    );
    await page.waitForTimeout(100);
    assert.equal(await frame.getAttribute("data-before"), "");
    assert.equal(await frame.getAttribute("data-preview"), shown);
  });

  it("says to whoever comes back too late that the session is over, and not what the page is for", async () => {
    const clerk = await open();
    await clerk.page.addInitScript(() => {
      for (const [key, user] of Object.entries(sessionStorage)) {
        if (key.startsWith("oidc.user:")) sessionStorage.setItem(key, user.replace("4000000000", "1"));
      }
    });
    await clerk.page.reload();
    await clerk.page.getByText("Přihlaste se znovu. Rozdělaná práce zůstala v tomto zařízení.").waitFor();
  });

  it("shows all hours of a day on a tablet that stands upright, with open lessons above", async () => {
    const clerk = await open({ size: UPRIGHT, day: officeDay(150, 40) });
    const board = clerk.page.locator(".board");
    assert.ok(await board.evaluate((element) => element.scrollWidth <= element.clientWidth), "scrolls to the side");
    const [above, below] = [await clerk.page.locator(".open").boundingBox(), await board.boundingBox()];
    assert.ok(above && below && above.y + above.height <= below.y + 1 && below.height > 500);
  });
});
