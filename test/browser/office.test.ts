import assert from "node:assert/strict";
import { AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { localParts } from "../../common/clock";
import { letIn } from "../../local/clerk";
import type { LocalStack } from "../../local/stack";
import { sampleSeason } from "../../stack/sample";
import { arrive, type Clerk, type DroppedFile } from "./support/clerk";
import { codeOf } from "./support/totp";
import { browser, CLERKS, emptyStack, stack as shared } from "./support/world";

const [, ANNA, EVA] = CLERKS;
const ZONE = "Europe/Prague";
/** In which a published day has to be on the screen, in milliseconds. */
const WITHIN = 20_000;

const DESK = { width: 1280, height: 800 };
const TABLET = { width: 1024, height: 768 };

const today = localParts(Date.now(), ZONE).date;

/** The season's files as the office has them, the export with twelve rows that have no date yet. */
function files(): { season: DroppedFile; profiles: DroppedFile } {
  const [season, profiles] = sampleSeason(today, ZONE).files.map(({ body }) => body);
  const [header = "", ...rows] = (season ?? "").split("\r\n");
  const place = header.split("\t").indexOf("date_lesson");
  const undated = rows.slice(0, 12).map((row) => row.split("\t").with(place, "01.01.1970").join("\t"));
  const text = [header, ...undated, ...rows].join("\r\n");
  return { season: { name: "season.tsv", text }, profiles: { name: "profiles.json", text: profiles ?? "" } };
}

describe("a clerk's morning", function () {
  this.timeout(120_000);
  let stack: LocalStack;
  let anna: Clerk;
  let second: Clerk;
  const passwords: Record<string, string> = {};

  before(async () => {
    stack = shared();
    for (const address of [ANNA, EVA]) passwords[address] = await letIn(stack.clients, stack.outputs, address);
  });

  after(async () => {
    await anna?.leave();
    await second?.leave();
    await emptyStack();
  });

  it("begins with signing in, on a page that says what it is", async () => {
    anna = await arrive(stack.url, DESK);
    await anna.page.getByRole("button", { name: "Přihlásit se" }).waitFor();
    await anna.inspect();
    await anna.signIn(ANNA, passwords[ANNA] ?? "");
    await anna.page.getByText(ANNA).waitFor();
    await anna.page.getByText("Na tento den nejsou žádné lekce").waitFor();
    assert.equal(new URL(anna.page.url()).search, "", "no code stays in the address");
    await anna.inspect();
  });

  it("goes on with files that are dropped anywhere: twelve rows are rejected, with the first line that fails", async () => {
    const { season, profiles } = files();
    await anna.drop(season, profiles, { name: "photo.png", text: "no upload" });
    await anna.page.getByText("photo.png sem nepatří").waitFor();
    const told = anna.page.locator(".sendings .upload-accepted", { hasText: "season.tsv" });
    await told.waitFor({ timeout: 30_000 });
    const text = (await told.textContent()) ?? "";
    assert.match(text, /12 odmítnutých/);
    assert.match(text, /12× bez data \(1970\)/);
    assert.match(text, /první chyba na řádku 2: bez data/);
    await anna.page.locator(".sendings .upload-accepted", { hasText: "profiles.json" }).waitFor({ timeout: 30_000 });
    await anna.page.locator("[data-lesson]").first().waitFor();
    assert.ok((await anna.open()) > 5);
    await anna.inspect();
  });

  it("takes what is proposed, with its reasons", async () => {
    const before = await anna.open();
    await anna.page.getByRole("button", { name: "Navrhnout" }).click();
    await anna.page.getByRole("dialog").getByText("jazyk i úroveň").first().waitFor();
    await anna.inspect();
    const chosen = await anna.page.getByRole("dialog").getByRole("checkbox").count();
    await anna.page.getByRole("button", { name: /Použít vybrané/ }).click();
    assert.equal(await anna.open(), before - chosen);
  });

  it("has all of its buttons in sight on a tablet and on a large screen, too, with the most of them there can be", async () => {
    for (const size of [TABLET, { width: 1920, height: 1080 }, DESK]) {
      await anna.page.setViewportSize(size);
      await anna.inspect();
    }
  });

  it("changes two lessons by keyboard alone, and takes one change back", async () => {
    const changes = () => anna.page.locator(".publish .button-main small").textContent();
    const holder = (id: string) => anna.page.locator(`[data-instructor]:has([data-lesson="${id}"])`).getAttribute("data-instructor");
    const [first = "", next = ""] = await anna.page
      .locator(".row [data-lesson]")
      .evaluateAll((bars) => bars.slice(0, 2).map((bar) => (bar as HTMLElement).dataset.lesson ?? ""));
    for (const id of [first, next]) {
      const before = await holder(id);
      await anna.page.locator(`[data-lesson="${id}"]`).focus();
      await anna.press("Enter");
      const chosen = await anna.page.evaluate(() => (document.activeElement as HTMLElement).dataset.candidate);
      await anna.press("Enter");
      assert.notEqual(await holder(id), before);
      assert.equal(await holder(id), chosen);
    }
    const all = await changes();
    await anna.press("Control+z");
    const undone = await holder(next);
    await anna.press("Control+y");
    assert.notEqual(await holder(next), undone);
    assert.equal(await changes(), all);
  });

  it("publishes, and the screen shows it within 20 seconds", async () => {
    const [lesson, name] = await anna.page.evaluate(() => {
      const bar = document.querySelector<HTMLElement>(".row [data-lesson]");
      return [bar?.dataset.lesson ?? "", bar?.closest(".row")?.querySelector("strong")?.textContent ?? ""];
    });
    const start = await anna.page.locator(`[data-lesson="${lesson}"] .hidden`).textContent();
    const time = (/^\d+:\d\d/.exec(start ?? "")?.[0] ?? "").padStart(5, "0");
    const screen = await browser().newPage({ viewport: { width: 1080, height: 1920 } });
    await screen.goto(`${stack.url}/?lang=cs&date=${today}&time=${time}`);
    await screen.waitForSelector(".lesson");
    assert.equal(await screen.getByText(name).count(), 0);
    const clicked = Date.now();
    await anna.publish();
    await screen.getByText(name).first().waitFor({ timeout: WITHIN });
    console.log(`      ${Date.now() - clicked} ms after the click`);
    await screen.close();
    await anna.page.getByText("Zveřejněno. Obrazovka to ukazuje.").waitFor();
    assert.ok(await anna.page.locator(".publish .button-main").isDisabled());
  });

  it("never ends with a day of another clerk lost: an older publish is refused, shown and merged", async () => {
    second = await arrive(stack.url);
    await second.signIn(EVA, passwords[EVA] ?? "");
    await second.page.locator(".row [data-lesson]").first().waitFor();
    const [mine = "", theirs = ""] = await second.page
      .locator(".row [data-lesson]")
      .evaluateAll((bars) => [bars.at(0), bars.at(-1)].map((bar) => (bar as HTMLElement).dataset.lesson ?? ""));
    const takeAway = async (clerk: Clerk, id: string) => {
      await clerk.page.locator(`[data-lesson="${id}"]`).focus();
      await clerk.press("Delete");
    };
    await takeAway(anna, theirs);
    await anna.publish();
    await anna.page.getByText("Zveřejněno. Obrazovka to ukazuje.").waitFor();
    await takeAway(second, mine);
    await second.publish();
    await second.page.getByRole("dialog").getByText("teď volná").waitFor();
    await second.inspect();
    await second.page.getByRole("dialog").getByRole("button", { name: "Zavřít" }).click();
    assert.equal(await second.page.locator(`.open [data-lesson="${theirs}"]`).count(), 1, "the other's change is there");
    assert.equal(await second.page.locator(`.open [data-lesson="${mine}"]`).count(), 1, "and one's own");
    await second.publish();
    await second.page.getByText("Zveřejněno. Obrazovka to ukazuje.").waitFor();
  });

  it("keeps work that is not published on the device, and asks before the page is left", async () => {
    const before = await second.open();
    await second.page.locator(".row [data-lesson]").first().focus();
    await second.press("Delete");
    let asked = "";
    second.page.once("dialog", async (dialog) => {
      asked = dialog.type();
      await dialog.accept();
    });
    await second.page.reload();
    assert.equal(asked, "beforeunload");
    await second.page.getByText("Pokračujete v rozdělané práci").waitFor();
    assert.equal(await second.open(), before + 1);
    await second.press("Control+z");
    assert.equal(await second.open(), before);
  });

  it("takes a lesson to somebody by mouse, and away again by touch", async () => {
    const id = await second.page.locator(".row [data-lesson]").first().getAttribute("data-lesson");
    const bar = second.page.locator(`[data-lesson="${id}"]`);
    await second.drag(bar, second.page.locator(".open h2"));
    assert.equal(await second.page.locator(`.open [data-lesson="${id}"]`).count(), 1);
    await second.drag(bar, second.page.locator(".row[data-instructor=petr] .row-time"));
    assert.equal(await second.page.locator(`[data-instructor=petr] [data-lesson="${id}"]`).count(), 1);
    await second.dragByTouch(bar, second.page.locator(".open h2"));
    assert.equal(await second.page.locator(`.open [data-lesson="${id}"]`).count(), 1);
  });

  it("keeps the work while there is no network, and sends it when asked again", async () => {
    await second.beOffline(true);
    await second.publish();
    await second.page.getByText("Není spojení.").waitFor();
    assert.ok(await second.page.locator(".publish .button-main").isEnabled());
    await second.beOffline(false);
    await second.publish();
    await second.page.getByText("Zveřejněno. Obrazovka to ukazuje.").waitFor();
  });

  it("asks to sign in again when the session ends in the middle, with the work still there", async () => {
    const before = await second.open();
    await second.page.locator(".row [data-lesson]").first().focus();
    await second.press("Delete");
    const { goOn } = await second.loseSession();
    await second.page.getByRole("button", { name: "Zítra" }).click();
    await second.page.getByText("Přihlášení vypršelo.").waitFor();
    await goOn();
    await second.page.getByRole("status").getByRole("button", { name: "Přihlásit se" }).click();
    await second.fillIn(EVA, passwords[EVA] ?? "");
    // The page is where it was, and says where the work is.
    await second.page.locator(".other-days button").click();
    await second.page.getByText("Pokračujete v rozdělané práci").waitFor();
    assert.equal(await second.open(), before + 1);
    await second.page.getByRole("button", { name: "Zahodit změny" }).click();
  });

  it("marks an instructor absent in place, and says so where they are planned", async () => {
    await anna.page.getByRole("button", { name: "Instruktoři" }).click();
    await anna.inspect();
    const jana = anna.page.locator("fieldset", { hasText: "Jana" }).first();
    await jana.getByRole("button", { name: "Přidat den" }).click();
    await anna.page.getByRole("button", { name: "Uložit" }).click();
    await anna.page.getByText("Instruktoři jsou uloženi.").waitFor({ timeout: 30_000 });
    await anna.page.getByRole("button", { name: "Den", exact: true }).click();
    await anna.page.locator("[data-instructor=jana]").getByText("není tu").waitFor();
  });

  it("sets up a second factor with an app's code, and with no other", async () => {
    await anna.page.getByRole("button", { name: ANNA }).click();
    const dialog = anna.page.getByRole("dialog");
    const secret = (await dialog.locator("code").textContent()) ?? "";
    await anna.inspect();
    const right = codeOf(secret, Date.now());
    const factors = async () => {
      const user = { UserPoolId: stack.outputs.userPoolId, Username: ANNA };
      return (await stack.clients.cognitoIdp.send(new AdminGetUserCommand(user))).UserMFASettingList ?? [];
    };
    await dialog.getByLabel("Kód z aplikace").fill(right === "000000" ? "111111" : "000000");
    await dialog.getByRole("button", { name: "Zapnout" }).click();
    await dialog.getByText("Tenhle kód to není").waitFor();
    assert.deepEqual(await factors(), []);
    await dialog.getByLabel("Kód z aplikace").fill(codeOf(secret, Date.now()));
    await dialog.getByRole("button", { name: "Zapnout" }).click();
    await dialog.getByText("Při přihlášení se ptáme i na kód").waitFor();
    assert.deepEqual(await factors(), ["SOFTWARE_TOKEN_MFA"]);
    await dialog.getByRole("button", { name: "Zavřít" }).click();
  });

  it("ends with signing out", async () => {
    await anna.page.getByRole("button", { name: "Odhlásit" }).click();
    await anna.page.getByText("Jste odhlášeni.").waitFor();
    await anna.page.reload();
    await anna.page.getByRole("button", { name: "Přihlásit se" }).waitFor();
  });
});
