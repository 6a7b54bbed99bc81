import { render } from "preact";
import { addDays, localParts } from "../../common/clock";
import { Bucket, sendByXhr } from "./aws/bucket";
import { Credentials } from "./aws/credentials";
import { SecondFactor } from "./aws/second-factor";
import { Table } from "./aws/table";
import { Desk } from "./desk/desk";
import { showKept } from "./desk/files";
import { hear, look } from "./desk/meanwhile";
import { Drafts } from "./drafts";
import { TOUCHED_IN_FRAME, TOUCHES, watchIdle } from "./idle";
import { GuardedStorage } from "./keep";
import { filesIn } from "./kept-files";
import { Place } from "./place";
import { type Clerk, Session } from "./session";
import { loadSettings, type Settings } from "./settings";
import { type Absence, Page, SignedOut } from "./view/page";
import { OFFICE_LANGUAGES, type OfficeLanguage, WORDS } from "./words";

const LANGUAGE_KEY = "office language";
const ABSENCE_KEY = "office absence";

/** How often it is looked whether the day has changed meanwhile, in milliseconds. */
const LOOK_EVERY = 60_000;

const place = document.getElementById("office") as HTMLElement;
const address = new URL(location.href);
const device = new GuardedStorage(() => localStorage);
const tab = new GuardedStorage(() => sessionStorage);
/** How far the device's clock is behind, in milliseconds. */
let clockBehind = 0;

// A page that the browser has kept whole comes back as it was left: without what had been on it, and who had signed in.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
void start();

async function start(): Promise<void> {
  const settings = await readSettings();
  if (!settings) return showTrouble();
  const session = new Session(settings, location.origin, tab);
  const found = await session.clerk(address).catch(() => "unknown" as const);
  if (found === "unknown") return showTrouble();
  // The code that the sign-in pages gave has been used.
  if (address.search) history.replaceState(null, "", address.pathname);
  if (found) await showDesk(settings, session, found);
  else {
    if (await session.isOver()) tab.setItem(ABSENCE_KEY, "expired" satisfies Absence);
    showSignedOut(session, languageOf(settings));
  }
}

/** The settings, with the clock put right by their answer; undefined when nothing answers. */
async function readSettings(): Promise<Settings | undefined> {
  try {
    const loaded = await loadSettings((...request) => fetch(...request), Date.now);
    clockBehind = loaded.clockBehind;
    return loaded.settings;
  } catch {
    return undefined;
  }
}

/** Nothing answers: not even what the page is part of is known. */
function showTrouble(): void {
  const words = WORDS[languageOf(undefined)];
  render(
    <main class="sign-in">
      <h1>GoldSport</h1>
      <p>{words.troubles.offline}</p>
      <button type="button" class="button button-main" onClick={() => location.reload()}>
        {words.again}
      </button>
    </main>,
    place,
  );
}

function showSignedOut(session: Session, language: OfficeLanguage): void {
  const why = (tab.getItem(ABSENCE_KEY) as Absence | null) ?? "never";
  const speak = (chosen: OfficeLanguage) => {
    device.setItem(LANGUAGE_KEY, chosen);
    showSignedOut(session, chosen);
  };
  document.documentElement.lang = language;
  render(<SignedOut {...{ why, language, speak }} signIn={() => void session.signIn(language)} />, place);
}

async function showDesk(settings: Settings, session: Session, clerk: Clerk): Promise<void> {
  const now = () => Date.now() + clockBehind;
  const delay = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const surroundings = {
    fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    ...{ now, delay },
    clerk: () => session.current(),
    send: sendByXhr,
  };
  const credentials = new Credentials(settings, surroundings);
  const table = new Table(settings, credentials, surroundings);
  const bucket = new Bucket(settings, credentials, surroundings);
  const drafts = new Drafts(device, clerk.email);
  const { timeZone, maxUploadMib } = settings;
  const ground = { table, bucket, drafts, files: filesIn(() => indexedDB), email: clerk.email, now, delay, timeZone, maxUploadMib };
  const whereabouts = new Place(tab);
  const today = localParts(now(), timeZone).date;
  const { date, view } = whereabouts.recall(today);
  drafts.forgetBefore(addDays(today, -1));
  const desk = new Desk(ground, date, languageOf(settings), view);
  desk.onChange(() => {
    whereabouts.note(desk.state);
    if (desk.state.language !== languageOf(settings)) device.setItem(LANGUAGE_KEY, desk.state.language);
  });

  tab.removeItem(ABSENCE_KEY);
  let isLeaving = false;
  const leave = async (why: Absence) => {
    isLeaving = true;
    // Nothing of what is on the page stays behind the browser's Back button, and nothing can be asked of AWS any more.
    credentials.close();
    render(null, place);
    tab.setItem(ABSENCE_KEY, why);
    if (why === "left") whereabouts.forget();
    location.assign(await session.signOut());
  };
  addEventListener("beforeunload", (event) => {
    if (desk.hasWork && !isLeaving) event.preventDefault();
  });
  const touch = watchIdle(() => void leave("idle"), {
    now: () => Date.now(),
    later: (task, milliseconds) => setTimeout(task, milliseconds),
  });
  for (const event of [...TOUCHES, TOUCHED_IN_FRAME]) addEventListener(event, touch, { passive: true });
  addEventListener("storage", ({ key }) => hear(desk, key));

  const askToLeave = async () => {
    if (!desk.hasWork || confirm(desk.words.leaveAsks)) await leave("left");
  };
  const signIn = () => {
    // The work is kept on this device, and on the desk again afterwards.
    isLeaving = true;
    void session.forget().then(() => session.signIn(desk.state.language));
  };
  const factor = new SecondFactor(settings, { fetch: surroundings.fetch, accessToken: async () => (await session.current())?.accessToken });
  render(<Page {...{ desk, email: clerk.email, factor, signIn }} signOut={() => void askToLeave()} />, place);
  await Promise.all([desk.reload(), showKept(desk)]);
  watchDay(desk);
}

/** Looks now and then, and when the page is seen again, whether the day has changed meanwhile, and what time it is. */
function watchDay(desk: Desk): void {
  const lookAgain = async () => {
    if (document.visibilityState !== "visible") return;
    await look(desk);
    // A new day may have begun.
    desk.change({});
  };
  setInterval(() => void lookAgain(), LOOK_EVERY);
  // The machine may have slept, and its clock been put right.
  addEventListener("visibilitychange", () => void readSettings().then(lookAgain));
}

/** The language that was chosen on this device, or else the school's. */
function languageOf(settings: Settings | undefined): OfficeLanguage {
  const chosen = device.getItem(LANGUAGE_KEY) ?? settings?.language;
  return OFFICE_LANGUAGES.find((language) => language === chosen) ?? "cs";
}
