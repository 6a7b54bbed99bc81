import { day, index } from "virtual:validators";
import { instantOf, localParts } from "../../common/clock";
import { DRAWN, PREVIEW, type Previewed } from "../../common/preview";
import { readAddress } from "./address";
import { Display, HOME_ZONE } from "./display";
import { Feed } from "./feed";
import { reloadNightly } from "./nightly";
import { within } from "./patience";
import { browserStore, noStore } from "./store";
import { Timekeeper } from "./timekeeper";
import { fitToWindow } from "./view/stage";
import { keepAwake } from "./wake";
import { installWorker, updateWorker } from "./worker";

/** How long the display waits for its fonts, in milliseconds. */
const FONTS_WITHIN = 5000;

const address = readAddress(location.search);
const isTrial = address.date !== undefined || address.time !== undefined;
const loadedAt = Date.now();

/** What the office's page previews; null on every screen, which is in no frame. A frame of another origin is none to see from here. */
const previewed: Previewed | null = JSON.parse(frameElement?.getAttribute(PREVIEW) ?? "null");

// A trial of another day must not push aside what the display needs when it is off line.
const store = isTrial || previewed ? noStore() : browserStore();
const timekeeper = new Timekeeper({ device: () => Date.now(), store });

const feed = new Feed({
  fetch: async (path, init) => (previewed?.[path] ? new Response(previewed[path]) : fetch(path, init)),
  store,
  validators: { index, day },
  now: () => timekeeper.now(),
  hearTime: (headers, took) => timekeeper.hear(headers, took),
  shownNow,
});

/** The real moment, or, in a trial, the one that the address names, from which time then goes on. */
function shownNow(): number {
  const now = timekeeper.now();
  if (!isTrial) return now;
  const zone = feed.index?.time_zone ?? HOME_ZONE;
  const since = Date.now() - loadedAt;
  const real = localParts(now - since, zone);
  return instantOf(address.date ?? real.date, address.time ?? real.time, zone) + since;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}

/** Lessons are measured as they are drawn, so the fonts have to be there first. */
async function loadFonts(): Promise<void> {
  const faces = ["600 72px 'Barlow Condensed'", "500 44px 'Barlow Semi Condensed'", "700 44px 'Barlow Semi Condensed'"];
  // A Czech letter beside a plain one, since they come from different files.
  const loaded = Promise.all(faces.map((face) => document.fonts.load(face, "Ař")));
  // Without them the display is less beautiful, and still there.
  await within(loaded, FONTS_WITHIN).catch(() => undefined);
}

/** Without the code the display does all the rest. */
async function showListCode(): Promise<void> {
  const { showCode } = await import("./view/code.js");
  showCode(byId("code"), `${location.origin}/?list`);
}

/** The display on a screen: a picture that shows the day by itself. */
async function showScreen(): Promise<void> {
  const display = new Display({
    feed,
    address,
    timekeeper,
    shownNow,
    picture: byId("picture"),
    debugBar: byId("debug"),
    isTrial: isTrial && !previewed,
  });
  const stage = byId("stage");
  fitToWindow(stage, address.rotate);
  addEventListener("resize", () => {
    fitToWindow(stage, address.rotate);
    display.render();
  });
  stage.classList.toggle("has-code", address.qr);
  await display.start(loadFonts());
  if (address.qr) void showListCode();
  if (previewed) {
    // What keeps a screen alive is not for a frame.
    frameElement?.dispatchEvent(new CustomEvent(DRAWN, { detail: feed.days.has(address.date ?? "") }));
    return;
  }
  keepAwake();
  installWorker();
  reloadNightly({
    now: () => timekeeper.now(),
    zone: () => display.zone,
    serverAnswers: async () => {
      await feed.look();
      if (feed.trouble !== undefined) return false;
      await updateWorker();
      return true;
    },
    reload: () => location.reload(),
    later: (task, milliseconds) => setTimeout(task, milliseconds),
  });
}

/** The list for telephones, which brings its own script. */
async function showList(): Promise<void> {
  const { Telephone } = await import("./phone/telephone.js");
  installWorker();
  await new Telephone({ feed, address, shownNow, now: () => timekeeper.now(), wanted: navigator.languages }).start();
}

/** Screens are larger than this, in CSS pixels; the short side counts. */
const TELEPHONE = 480;

const isTelephone = !previewed && Math.min(innerWidth, innerHeight) < TELEPHONE;
void (address.list || isTelephone ? showList() : showScreen());
