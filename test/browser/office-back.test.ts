import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { letIn } from "../../local/clerk";
import { startChromium } from "../../scripts/chromium";
import { arrive, type Clerk } from "./support/clerk";
import { CLERKS, stack } from "./support/world";

const [JANA] = CLERKS;

describe("the Back button after signing out", function () {
  this.timeout(120_000);
  let browser: Browser;
  let clerk: Clerk;

  before(async () => {
    const { url, clients, outputs } = stack();
    // Browsers of people keep whole pages to go back to, which Playwright's do not.
    browser = await startChromium([], ["--disable-back-forward-cache"]);
    clerk = await arrive(url, undefined, browser);
    await clerk.page.addInitScript(() => {
      addEventListener("pageshow", ({ persisted }) => {
        if (persisted && document.querySelector(".top")) sessionStorage.setItem("seen", "yes");
      });
    });
    await clerk.signIn(JANA, await letIn(clients, outputs, JANA));
  });

  after(async () => {
    await clerk?.leave();
    await browser?.close();
  });

  it("leads to a page on which nobody is signed in, and on which nothing of the day was to be seen for a moment", async () => {
    const { page } = clerk;
    // A page that is led back to at once is not kept.
    await page.route(/\/logout\?/, (route) => route.fulfill({ contentType: "text/html", body: "<p>Signed out</p>" }));
    await page.getByRole("button", { name: "Odhlásit" }).click();
    await page.getByText("Signed out").waitFor();
    await page.goBack({ waitUntil: "commit" });
    await page.getByRole("button", { name: "Přihlásit se" }).waitFor();
    assert.equal(await page.locator(".top").count(), 0);
    assert.equal(await page.evaluate(() => sessionStorage.getItem("seen")), null);
  });
});
