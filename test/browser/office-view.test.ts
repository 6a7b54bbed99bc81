import assert from "node:assert/strict";
import { DATE } from "../../planning/testing/days";
import type { Clerk } from "./support/clerk";
import { type Opened, openOffice } from "./support/office";
import { officeDay, rosterOf, troubledDay } from "./support/office-days";
import { keepPictureOf } from "./support/pictures";
import { browser } from "./support/world";

const DESK = { width: 1280, height: 800 };
const TABLET = { width: 1024, height: 768 };
const UPRIGHT = { width: 768, height: 1024 };
const TELEPHONE = { width: 390, height: 844 };

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
  let opened: Opened | undefined;

  const open = async (found: Partial<Parameters<typeof openOffice>[1]> = {}): Promise<Clerk> => {
    opened = await openOffice(browser(), { day: troubledDay(), ...found });
    return opened.clerk;
  };
  afterEach(async () => {
    await opened?.clerk.leave();
    opened = undefined;
  });

  const bars = ({ page }: Clerk, where: string) => page.locator(`${where} [data-lesson]:visible`);
  const hasFocus = ({ page }: Clerk, selector: string) =>
    page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
  const said = ({ page }: Clerk) => page.locator(".messages .hidden").textContent();
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
      if (opened) opened.aws.isReachable = false;
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
      if (opened) opened.aws.isReachable = false;
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
    const { aws } = opened ?? assert.fail();
    aws.items[`SCHEDULE#${DATE}`]?.push({ SK: "META", revision: 9, state_hash: "another" });
    const asked = aws.asked.length;
    aws.now += 60_000;
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    const until = Date.now() + 10_000;
    while (!aws.asked.slice(asked).some(({ body }) => body.includes('"UPLOADS"')) && Date.now() < until) await page.waitForTimeout(50);
    await page.waitForTimeout(100);
    assert.ok(Date.now() < until, "the day is read again");
    assert.equal(await frame.getAttribute("data-before"), "");
    assert.equal(await frame.getAttribute("data-preview"), shown);
  });

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

  it("shows all hours of a day on a tablet that stands upright, with open lessons above", async () => {
    const clerk = await open({ size: UPRIGHT, day: officeDay(150, 40) });
    const board = clerk.page.locator(".board");
    assert.ok(await board.evaluate((element) => element.scrollWidth <= element.clientWidth), "scrolls to the side");
    const [above, below] = [await clerk.page.locator(".open").boundingBox(), await board.boundingBox()];
    assert.ok(above && below && above.y + above.height <= below.y + 1 && below.height > 500);
  });
});
