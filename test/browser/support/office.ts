/** The office's page on a day of one's choice, with no stack behind it: what it asks of AWS is answered here. */

import { readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { lookup } from "mime-types";
import type { Browser, Route } from "playwright-core";
import { DRAWN, PREVIEW_PAGE } from "../../../common/preview";
import { FakeAws, SETTINGS } from "../../../office/src/testing/aws";
import type { OfficeLanguage } from "../../../office/src/words";
import type { Day } from "../../../planning/day";
import { Clerk } from "./clerk";

const ORIGIN = "https://office.example";
const BUILT = resolve(__dirname, "../../../dist/office");

/** What the page finds. */
export interface Found {
  day: Day;
  /** The table's records of uploads, the oldest first. */
  uploads?: readonly ({ SK: string } & Record<string, unknown>)[];
  size?: { width: number; height: number };
  language?: OfficeLanguage;
  /** As a telephone's: touched, not pointed at. */
  isTouched?: boolean;
}

/** Who has the page open, and the AWS that it speaks to. */
export interface Opened {
  clerk: Clerk;
  aws: FakeAws;
}

/** Opens the page for somebody who is signed in, on the morning of a day. */
export async function openOffice(
  browser: Browser,
  { day, uploads = [], size, language = "cs", isTouched = false }: Found,
): Promise<Opened> {
  const aws = new FakeAws();
  aws.now = Date.parse(`${day.date}T06:40:00Z`);
  put(aws, day);
  aws.items.UPLOADS = [...uploads];
  const context = await browser.newContext({
    viewport: size ?? { width: 1280, height: 800 },
    locale: "cs-CZ",
    timezoneId: "Europe/Prague",
    hasTouch: isTouched,
  });
  const page = await context.newPage();
  await page.addInitScript(
    ({ user, key, spoken }) => {
      sessionStorage.setItem(key, JSON.stringify(user));
      localStorage.setItem("office language", spoken);
    },
    { user: USER, key: `oidc.user:${SETTINGS.signInUrl}:${SETTINGS.clientId}`, spoken: language },
  );
  await context.route("**/*", (route) => answer(route, aws));
  const clerk = new Clerk(context, page);
  await page.goto(`${ORIGIN}/office/`);
  await page.locator(".day").waitFor();
  return { clerk, aws };
}

/** Long after any test. */
const USER = {
  id_token: "token",
  access_token: "access",
  token_type: "Bearer",
  scope: "openid",
  expires_at: 4_000_000_000,
  profile: { email: "jana@example.com", sub: "jana" },
};

function put({ items }: FakeAws, { date, lessons, instructors, roster, conflicts }: Day): void {
  items[`SCHEDULE#${date}`] = [
    ...lessons.map((lesson) => ({ SK: `LESSON#${lesson.start}#${lesson.id}`, ...lesson })),
    ...(roster ? [{ SK: "ROSTER", ...roster }] : []),
    ...conflicts.map((conflict, number) => ({ SK: `CONFLICT#${number}`, ...conflict })),
  ];
  items["SOURCE#profiles"] = [{ SK: "LATEST", names: instructors.map(({ id }) => id), etag: "profiles" }];
  for (const instructor of instructors) items[`INSTRUCTOR#${instructor.id}`] = [{ SK: "PROFILE", ...instructor }];
}

async function answer(route: Route, aws: FakeAws): Promise<void> {
  const request = route.request();
  const { origin, pathname } = new URL(request.url());
  if (origin === ORIGIN) return answerOfSite(route, pathname, aws.now);
  if (!aws.isReachable) return route.abort("internetdisconnected");
  const body = request.postDataBuffer();
  const headers = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(":") && !NO_HEADERS_OF_ITS_OWN.has(name));
  const response = await aws.surroundings.fetch(request.url(), {
    method: request.method(),
    headers: Object.fromEntries(headers),
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
  const open = { "access-control-allow-origin": "*", "access-control-expose-headers": "etag" };
  await route.fulfill({
    status: response.status,
    headers: { ...Object.fromEntries(response.headers), ...open },
    body: await response.text(),
  });
}

/** What a request may not be given. */
const NO_HEADERS_OF_ITS_OWN = new Set(["connection", "host", "content-length", "accept-encoding"]);

/** Stands in the place of the display: it takes whatever it is given. */
const DISPLAY = `<!doctype html><script>frameElement.dispatchEvent(new CustomEvent("${DRAWN}", { detail: true }))</script>`;

async function answerOfSite(route: Route, pathname: string, now: number): Promise<void> {
  if (pathname === "/office/settings.json") {
    return route.fulfill({ json: SETTINGS, headers: { date: new Date(now).toUTCString() } });
  }
  if (pathname === `/${PREVIEW_PAGE}`) return route.fulfill({ contentType: "text/html", body: DISPLAY });
  if (!pathname.startsWith("/office/")) return route.fulfill({ status: 204 });
  const file = pathname === "/office/" ? "index.html" : pathname.slice("/office/".length);
  await route.fulfill({ body: readFileSync(join(BUILT, file)), contentType: lookup(extname(file)) || "text/plain" });
}
