import assert from "node:assert/strict";
import type { FrameLocator, Locator } from "playwright-core";
import { localParts } from "../../common/clock";
import type { Day } from "../../common/documents";
import { DRAWN, PREVIEW, PREVIEW_PAGE, type Previewed } from "../../common/preview";
import { letIn } from "../../local/clerk";
import { listen } from "../../local/listen";
import type { LocalStack } from "../../local/stack";
import { sampleSeason } from "../../stack/sample";
import { outcomeOf, send } from "../../stack/uploads";
import { arrive, type Clerk } from "./support/clerk";
import { eventually } from "./support/screen";
import { browser, CLERKS, emptyStack, stack as shared } from "./support/world";

const [JANA] = CLERKS;

const ZONE = "Europe/Prague";
/** In which a page has to have turned, in milliseconds. */
const WITHIN = 25_000;

const today = localParts(Date.now(), ZONE).date;
const DAY_PATH = `data/days/${today}.json`;

describe("the office's preview", function () {
  this.timeout(120_000);
  let stack: LocalStack;
  let anna: Clerk;
  let screen: FrameLocator;
  let frame: Locator;
  /** The lesson that is given to somebody, and to whom. */
  let given: { id: string; name: string };

  const published = async () => (await (await fetch(`${stack.url}/${DAY_PATH}`)).json()) as Day;
  /** The documents that the frame bears. */
  const previewed = async () => JSON.parse((await frame.getAttribute(PREVIEW)) ?? "") as Previewed;
  const previewedDay = async () => JSON.parse((await previewed())[`/${DAY_PATH}`] ?? "") as Day;
  const address = async () => stack.url + ((await frame.getAttribute("src")) ?? "");
  const lessonIn = ({ lessons }: Day, id: string) => {
    const found = lessons.find((lesson) => lesson.id === id);
    assert.ok(found, `there is no lesson ${id}`);
    return found;
  };
  const choose = (label: string) => anna.page.locator(".preview-side .chip", { hasText: label }).click();

  before(async () => {
    stack = shared();
    const [season, profiles] = sampleSeason(today, ZONE).files;
    for (const { key, body } of [season, profiles].filter((file) => file !== undefined)) {
      await send({ ...stack, name: "local" }, { key, body: Buffer.from(body) });
      assert.equal((await outcomeOf({ ...stack, name: "local" }, key)).outcome, "accepted");
    }
    anna = await arrive(stack.url);
    frame = anna.page.locator("iframe");
    screen = anna.page.frameLocator("iframe");
    await anna.signIn(JANA, await letIn(stack.clients, stack.outputs, JANA));
    await anna.page.locator(".open [data-lesson]").first().waitFor();
  });

  after(async () => {
    await anna?.leave();
    await emptyStack();
  });

  it("says that the day is being read, and not that it has no lessons, until it is", async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resume) => {
      goOn = resume;
    });
    const isAws = ({ origin }: URL) => origin === stack.edge.door;
    await anna.page.route(isAws, async (route) => {
      await held;
      await route.continue();
    });
    await anna.page.getByRole("button", { name: "Následující den" }).click();
    await anna.page.getByRole("button", { name: "Náhled" }).click();
    await anna.page.locator(".preview").getByText("Načítáme…").waitFor();
    assert.equal(await frame.count(), 0);
    goOn();
    await screen.locator(".lesson").first().waitFor();
    await anna.page.unroute(isAws);
    await anna.page.getByRole("button", { name: "Dnes" }).click();
  });

  it("shows the display itself ten minutes before the first start, with what is not published yet", async () => {
    await anna.page.getByRole("button", { name: "Den", exact: true }).click();
    const first = anna.page.locator(".open [data-lesson]").first();
    const id = (await first.getAttribute("data-lesson")) ?? "";
    await first.focus();
    await anna.press("Enter");
    const name = await anna.page.evaluate(() => document.activeElement?.querySelector("strong")?.textContent ?? "");
    await anna.press("Enter");
    given = { id, name };
    await anna.page.getByRole("button", { name: "Náhled" }).click();
    await screen.locator(".lesson .instructor", { hasText: name }).waitFor();

    const { start } = lessonIn(await previewedDay(), id);
    const at = new Date(Date.parse(`${today}T${start}Z`) - 600_000).toISOString().slice(11, 16);
    assert.equal(await anna.page.getByLabel("Čas").inputValue(), at);
    assert.deepEqual(await screen.locator(".clock").allTextContents(), [at.replace(/^0/, "")]);
    assert.equal(await screen.locator(".note").count(), 0, "no word of a trial, which takes room");
    await anna.page.getByText("1 změna ještě není zveřejněná.").waitFor();
    assert.equal(lessonIn(await published(), id).instructor, null, "nothing is published");
    await anna.inspect();
  });

  it("has a name for those who do not see it, and the shape of an upright screen", async () => {
    assert.equal(await frame.getAttribute("title"), "Obrazovka, jak bude vypadat");
    const { width, height } = (await frame.boundingBox()) ?? { width: 0, height: 0 };
    assert.ok(height > 500 && Math.abs(width / height - 9 / 16) < 0.003, `${width} × ${height}`);
    assert.equal(await screen.locator("#stage.wide").count(), 0);
  });

  it("turns its pages as screens do", async () => {
    const shown = () => screen.locator("main > .page").last().textContent();
    const before = await shown();
    await eventually(async () => assert.notEqual(await shown(), before), WITHIN);
  });

  it("is ignored by the very same page outside of the frame, which shows what is published", async () => {
    const page = await browser().newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(await address());
    await page.waitForSelector(".lesson");
    assert.equal(await page.locator(".instructor-open").count(), await page.locator(".lesson").count());
    assert.match((await page.locator(".note").textContent()) ?? "", /Zkušební/);
    await page.close();
  });

  it("may be in a frame of its own site alone, and the screens' page in none", async () => {
    const framing = async (path: string) => (await fetch(`${stack.url}/${path}`)).headers.get("x-frame-options");
    assert.deepEqual(await Promise.all([PREVIEW_PAGE, "", "index.html", "office/"].map(framing)), ["SAMEORIGIN", "DENY", "DENY", "DENY"]);
    const elsewhere = await listen(0);
    elsewhere.answer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html><title>Elsewhere</title>"));
    const page = await browser().newPage();
    await page.goto(elsewhere.url);
    const refusal = page.waitForEvent("console", (message) => message.text().includes("X-Frame-Options"));
    const handed = await frame.getAttribute(PREVIEW);
    await page.evaluate(
      ([attribute, documents, src]) => {
        const made = document.createElement("iframe");
        made.setAttribute(attribute, documents);
        made.src = src;
        document.body.append(made);
      },
      [PREVIEW, handed ?? "", await address()] as const,
    );
    await refusal;
    await page.close();
    await elsewhere.stop();
  });

  it("keeps nothing on the device: no document, no time, no worker", async () => {
    const kept = await anna.page.evaluate(async () => ({
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      texts: Object.keys(localStorage).filter((key) => !key.startsWith("office")),
    }));
    assert.deepEqual(kept, { caches: [], workers: 0, texts: [] });
  });

  it("shows another start at another time, in other languages, on a wide screen", async () => {
    const starts = [...new Set((await previewedDay()).lessons.map(({ start }) => start))];
    const last = starts.at(-1) ?? "";
    await anna.page.getByLabel("Čas").fill(last);
    await screen.locator(".page-start .time", { hasText: last.replace(/^0/, "") }).waitFor();
    assert.equal(await screen.locator(".clock").textContent(), last.replace(/^0/, ""));
    await choose("Polski");
    await choose("Čeština");
    await choose("English");
    await screen.locator("html[lang=pl] .lesson").first().waitFor();
    assert.ok(await anna.page.getByLabel("Polski").isDisabled(), "one language stays");
    await choose("na šířku");
    await screen.locator("#stage.wide .lesson").first().waitFor();
    const { width, height } = (await frame.boundingBox()) ?? { width: 0, height: 0 };
    assert.ok(Math.abs(width / height - 16 / 9) < 0.01, `${width} × ${height}`);
    await anna.inspect();
  });

  it("follows the work: what is taken back is gone from the screen", async () => {
    await anna.page.getByRole("button", { name: "Zpět", exact: true }).click();
    await eventually(async () => assert.equal(lessonIn(await previewedDay(), given.id).instructor, null));
    assert.equal(await anna.page.locator(".preview-unpublished").count(), 0);
    await anna.page.getByRole("button", { name: "Znovu", exact: true }).click();
    await eventually(async () => assert.equal(lessonIn(await previewedDay(), given.id).instructor?.name, given.name));
  });

  it("is refused by the display when it breaks the contract, as a published day would be", async () => {
    const src = (await frame.getAttribute("src")) ?? "";
    const handOver = (documents: Previewed) =>
      anna.page.evaluate(
        ([attribute, event, texts, address]) =>
          new Promise<boolean>((resolve) => {
            const made = document.createElement("iframe");
            made.setAttribute(attribute, texts);
            made.addEventListener(event, (drawn) => {
              made.remove();
              resolve((drawn as CustomEvent<boolean>).detail);
            });
            made.src = address;
            document.body.append(made);
          }),
        [PREVIEW, DRAWN, JSON.stringify(documents), src] as const,
      );
    const right = await previewed();
    assert.equal(await handOver(right), true);
    const day = await previewedDay();
    const broken = { ...day, lessons: day.lessons.map((lesson) => ({ ...lesson, participants: [] })) };
    assert.equal(await handOver({ ...right, [`/${DAY_PATH}`]: JSON.stringify(broken) }), false);
  });

  it("was what is published then, but for revision and time", async () => {
    const { revision: _, generated_at: _at, ...shown } = await previewedDay();
    await anna.publish();
    await anna.page.getByText("Zveřejněno. Obrazovka to ukazuje.").waitFor();
    await eventually(async () => assert.equal(lessonIn(await published(), given.id).instructor?.name, given.name));
    const { revision, generated_at, ...really } = await published();
    assert.deepEqual(really, shown);
    assert.equal(await anna.page.locator(".preview-unpublished").count(), 0);
  });
});
