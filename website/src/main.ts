import { day, index } from "virtual:validators";
import { readAddress } from "./address";
import { instantOf, localParts } from "./clock";
import { Display, HOME_ZONE } from "./display";
import { Feed } from "./feed";
import { reloadNightly } from "./nightly";
import { browserStore, noStore } from "./store";
import { fitToWindow } from "./view/stage";
import { keepAwake } from "./wake";
import { installWorker, updateWorker } from "./worker";

const address = readAddress(location.search);
const isTrial = address.date !== undefined || address.time !== undefined;
const loadedAt = Date.now();

const feed = new Feed({
  fetch: (path, init) => fetch(path, init),
  // A trial of another day must not push aside what the display needs when it is off line.
  store: isTrial ? noStore() : browserStore(),
  validators: { index, day },
  now: () => Date.now(),
  shownNow,
});

const display = new Display({ feed, address, shownNow, picture: byId("picture"), debugBar: byId("debug") });

/** The real moment, or, in a trial, the one that the address names, from which time then goes on. */
function shownNow(): number {
  if (!isTrial) return Date.now();
  const zone = feed.index?.time_zone ?? HOME_ZONE;
  const real = localParts(loadedAt, zone);
  return instantOf(address.date ?? real.date, address.time ?? real.time, zone) + (Date.now() - loadedAt);
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
  await Promise.allSettled(faces.map((face) => document.fonts.load(face, "Ař")));
}

async function run(): Promise<void> {
  const stage = byId("stage");
  fitToWindow(stage);
  addEventListener("resize", () => fitToWindow(stage));
  await loadFonts();
  await display.start();
  keepAwake();
  installWorker();
  reloadNightly({
    now: () => Date.now(),
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

void run();
