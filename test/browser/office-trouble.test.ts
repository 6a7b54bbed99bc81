import assert from "node:assert/strict";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { localParts } from "../../common/clock";
import { letIn } from "../../local/clerk";
import type { LocalStack } from "../../local/stack";
import { outcomeOf } from "../../stack/uploads";
import { arrive, type Clerk } from "./support/clerk";
import { type Booked, exportOf, profilesOf } from "./support/office-files";
import { CLERKS, emptyStack, stack as shared } from "./support/world";

const [JANA] = CLERKS;

const ZONE = "Europe/Prague";
const MEGABYTE = 1_000_000;

const today = localParts(Date.now(), ZONE).date;

const ANNA: Booked = { order: 1, name: "Anna", start: "09:00", end: "10:50" };
const JAKUB: Booked = { order: 2, name: "Jakub", start: "09:00", end: "10:50" };
const ZOFIA: Booked = { order: 3, name: "Zofia", start: "11:00", end: "12:50" };
const season = (...booked: Booked[]) => ({ name: "season.tsv", text: exportOf(today, ZONE, booked) });

describe("what goes wrong on a clerk's morning", function () {
  this.timeout(120_000);
  let stack: LocalStack;
  let clerk: Clerk;
  let password: string;

  const file = (name: string, outcome: string) => clerk.page.locator(`.sendings .upload-${outcome}`, { hasText: name });
  const told = (text: string | RegExp) => clerk.page.locator(".messages").getByText(text);
  const signInAgain = async () => {
    await clerk.page.getByRole("status").getByRole("button", { name: "Přihlásit se" }).click();
    await clerk.fillIn(JANA, password);
  };
  const putAwayAll = async () => {
    const buttons = clerk.page.locator(".sendings .upload-close");
    while ((await buttons.count()) > 0) await buttons.first().click();
  };
  const teachers = () =>
    clerk.page.locator(".row[data-instructor]").evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.instructor));
  const holderOf = (id: string) => clerk.page.locator(`.row:has([data-lesson="${id}"])`).getAttribute("data-instructor");
  /** Opens the panel that tells of files and of what is to mend. */
  const deselect = () => clerk.press("Escape");

  before(async () => {
    stack = shared();
    password = await letIn(stack.clients, stack.outputs, JANA);
    clerk = await arrive(stack.url);
    await clerk.signIn(JANA, password);
    await clerk.drop(season(ANNA, JAKUB, ZOFIA), { name: "profiles.json", text: profilesOf("Jana", "Petr") });
    await clerk.page.locator(".row[data-instructor=petr]").waitFor();
    assert.equal(await clerk.open(), 3);
    await clerk.page.getByRole("button", { name: "Navrhnout" }).click();
    await clerk.page.getByRole("button", { name: /Použít vybrané/ }).click();
    await clerk.publish();
    await told("Zveřejněno.").waitFor();
  });

  after(async () => {
    await clerk?.leave();
    await emptyStack();
  });

  it("files whose content is of another kind change nothing, and the page goes on showing what is in force", async () => {
    await deselect();
    await clerk.drop(
      { name: "season.tsv", text: "<!doctype html><title>502 Bad Gateway</title>" },
      { name: "profiles.json", text: '{"jana": {"name": "Jana", "languages": "cs"}}' },
      { name: `roster-${today}.json`, text: "id_order\tdate_order" },
    );
    for (const name of ["season.tsv", "profiles.json", `roster-${today}.json`]) await file(name, "rejected").waitFor({ timeout: 30_000 });
    for (const isReloaded of [false, true]) {
      if (isReloaded) await clerk.page.reload();
      await clerk.page.locator(".row [data-lesson]").first().waitFor();
      assert.deepEqual([await teachers(), await clerk.open()], [["jana", "petr"], 0]);
    }
    await clerk.inspect();
  });

  it("a file of more than 60 MB is sent with its progress to be seen, and a larger one than is read is not sent at all", async () => {
    await clerk.dropLarge("huge.tsv", 68 * MEGABYTE);
    await file("huge.tsv", "unfit").getByText("nejvýše 64 MiB").waitFor();
    await clerk.dropLarge("large.tsv", 62 * MEGABYTE);
    await clerk.page.locator(".sendings progress").waitFor();
    await file("large.tsv", "rejected").waitFor({ timeout: 60_000 });
    assert.equal(await clerk.open(), 0, "the day is as it was");
    await putAwayAll();
  });

  it("a session that ends in the middle of a drop loses no file: it waits until it is sent after signing in again", async () => {
    const { goOn } = await clerk.loseSession();
    await clerk.drop(season(ANNA, JAKUB, ZOFIA));
    await told("Přihlášení vypršelo.").waitFor();
    await goOn();
    await signInAgain();
    const kept = file("season.tsv", "kept");
    await kept.getByText("Dosud neodesláno.").waitFor();
    await clerk.inspect();
    await kept.getByRole("button", { name: "Zkusit znovu" }).click();
    await file("season.tsv", "accepted").waitFor({ timeout: 30_000 });
    await putAwayAll();
    await clerk.page.reload();
    await clerk.page.locator(".row [data-lesson]").first().waitFor();
    assert.equal(await clerk.page.locator(".sendings > *").count(), 0, "it is sent once");
  });

  it("a network that is lost keeps files and edited instructors on the device, until they are sent when asked", async () => {
    await clerk.beOffline(true);
    await clerk.drop(season(ANNA, JAKUB, ZOFIA));
    const failed = file("season.tsv", "failed");
    await failed.getByText("Není spojení.").waitFor();
    await clerk.page.getByRole("button", { name: "Instruktoři" }).click();
    await clerk.page.locator("fieldset", { hasText: "Petr" }).getByRole("button", { name: "Přidat den" }).click();
    await clerk.page.getByRole("button", { name: "Uložit" }).click();
    await told("Není spojení.").waitFor();
    await clerk.beOffline(false);
    clerk.page.once("dialog", (dialog) => dialog.accept());
    await clerk.page.reload();
    await told("Pokračujete v rozdělané práci").waitFor();
    await clerk.page.getByRole("button", { name: "Uložit" }).click();
    await told("Instruktoři jsou uloženi.").waitFor({ timeout: 30_000 });
    await clerk.page.getByRole("button", { name: "Den", exact: true }).click();
    await clerk.page.locator("[data-instructor=petr]").getByText("není tu").waitFor();
    await file("season.tsv", "kept").getByRole("button", { name: "Zkusit znovu" }).click();
    await file("season.tsv", "accepted").waitFor({ timeout: 30_000 });
    await putAwayAll();
  });

  it("a lesson that an export moves while the page is open is marked, with a proposal, before its roster is published", async () => {
    const lesson = clerk.page.locator(".row [data-lesson]", { hasText: "11:00" });
    const who = await holderOf((await lesson.getAttribute("data-lesson")) ?? "");
    await clerk.page.locator(".row [data-lesson]").first().focus();
    await clerk.press("Delete");
    await deselect();
    // As the function that fetches exports puts them: nobody at the page has a hand in it.
    const key = "orders/fetched.tsv";
    const Body = season(ANNA, JAKUB, { ...ZOFIA, start: "13:00", end: "14:50" }).text;
    await stack.clients.s3.send(new PutObjectCommand({ Bucket: stack.outputs.inputBucketName, Key: key, Body }));
    await outcomeOf({ ...stack, name: "local" }, key);
    await clerk.publish();
    await told(/lekce v 11:00 \(Zofia No\.Pe\.\) už tu není/).waitFor();
    await clerk.inspect();
    const moved = clerk.page.locator(".conflicts .warning", { hasText: "Zofia" });
    await moved.getByRole("button", { name: /13:00/ }).click();
    assert.equal(await moved.count(), 0);
    assert.equal(await clerk.page.locator(`.row[data-instructor=${who}] [data-lesson]`, { hasText: "13:00" }).count(), 1);
    await clerk.publish();
    await told("Zveřejněno.").waitFor();
  });

  it("an instructor who left leaves lessons that are open, and named as theirs until somebody else has them", async () => {
    const id = (await clerk.page.locator(".row [data-lesson]").first().getAttribute("data-lesson")) ?? "";
    const who = (await holderOf(id)) ?? "";
    const others = ["Jana", "Petr", "Eva"].filter((name) => name.toLowerCase() !== who);
    await clerk.drop({ name: "profiles.json", text: profilesOf(...others) });
    await file("profiles.json", "accepted").waitFor({ timeout: 30_000 });
    await clerk.page.locator(`.open [data-lesson="${id}"]`).waitFor();
    await clerk.page
      .locator(".conflicts .conflict", { hasText: `${who} už neučí` })
      .first()
      .waitFor();
    await clerk.inspect();
    await clerk.page.locator(`.open [data-lesson="${id}"]`).focus();
    await clerk.press("Enter", "Enter");
    await deselect();
    assert.equal(await clerk.page.locator(`.row [data-lesson="${id}"]`).count(), 1);
    await clerk.publish();
    await told("Zveřejněno.").waitFor();
    assert.equal(await clerk.page.locator(".row [data-lesson]").first().isVisible(), true);
  });

  it("work on another day is still told, and asked for before signing out", async () => {
    await clerk.page.locator(".row [data-lesson]").first().focus();
    await clerk.press("Delete");
    await clerk.page.getByRole("button", { name: "Zítra" }).click();
    await told("Dosud nezveřejněno:").waitFor();
    await clerk.inspect();
    clerk.page.once("dialog", (dialog) => dialog.dismiss());
    await clerk.page.getByRole("button", { name: "Odhlásit" }).click();
    await clerk.page.locator(".other-days button").click();
    await told("Pokračujete v rozdělané práci").waitFor();
    await clerk.page.getByRole("button", { name: "Zahodit změny" }).click();
    assert.equal(await clerk.page.locator(".other-days").count(), 0);
  });

  it("whoever touches a machine that has slept is signed out, with the work there for who signs in again", async () => {
    await clerk.page.locator(".row [data-lesson]").first().focus();
    await clerk.press("Delete");
    const open = await clerk.open();
    await clerk.page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 31 * 60_000;
    });
    await clerk.page.getByRole("button", { name: "Instruktoři" }).click();
    await clerk.page.getByText("Půl hodiny se nic nedělo").waitFor();
    await clerk.signIn(JANA, password);
    await told("Pokračujete v rozdělané práci").waitFor();
    assert.equal(await clerk.open(), open);
  });
});
