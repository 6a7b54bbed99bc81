import { render } from "preact";
import { localParts } from "../../common/clock";
import { Bucket, sendByXhr } from "./aws/bucket";
import { Credentials } from "./aws/credentials";
import { SecondFactor } from "./aws/second-factor";
import { Table } from "./aws/table";
import { Desk } from "./desk/desk";
import { Drafts } from "./drafts";
import { watchIdle } from "./idle";
import { type Clerk, Session } from "./session";
import { loadSettings, type Settings } from "./settings";
import { type Absence, Page, SignedOut } from "./view/page";
import { OFFICE_LANGUAGES, type OfficeLanguage, WORDS } from "./words";

const LANGUAGE_KEY = "office language";
const ABSENCE_KEY = "office absence";

const place = document.getElementById("office") as HTMLElement;
const address = new URL(location.href);

void start();

async function start(): Promise<void> {
  const load = () => loadSettings((...request) => fetch(...request), Date.now);
  const loaded = await load().catch(() => undefined);
  if (!loaded) return showTrouble();
  const { settings, clockBehind } = loaded;
  const session = new Session(settings, location.origin, sessionStorage);
  const clerk = await session.clerk(address).catch(() => "unknown" as const);
  if (clerk === "unknown") return showTrouble();
  // The code that the sign-in pages gave has been used.
  if (address.search) history.replaceState(null, "", address.pathname);
  if (clerk) await showDesk(settings, session, clerk, () => Date.now() + clockBehind);
  else showSignedOut(session, languageOf(settings));
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
  const why = (sessionStorage.getItem(ABSENCE_KEY) as Absence | null) ?? "never";
  const speak = (chosen: OfficeLanguage) => {
    remember(chosen);
    showSignedOut(session, chosen);
  };
  document.documentElement.lang = language;
  render(<SignedOut {...{ why, language, speak }} signIn={() => void session.signIn(language)} />, place);
}

async function showDesk(settings: Settings, session: Session, clerk: Clerk, now: () => number): Promise<void> {
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
  const today = localParts(now(), settings.timeZone).date;
  const drafts = new Drafts(localStorage, clerk.email);
  const desk = new Desk(
    { table, bucket, drafts, now, delay, timeZone: settings.timeZone, maxUploadMib: settings.maxUploadMib },
    today,
    languageOf(settings),
  );
  desk.onChange(() => remember(desk.state.language));

  sessionStorage.removeItem(ABSENCE_KEY);
  let isLeaving = false;
  const leave = async (why: Absence) => {
    isLeaving = true;
    sessionStorage.setItem(ABSENCE_KEY, why);
    location.assign(await session.signOut());
  };
  addEventListener("beforeunload", (event) => {
    if (desk.hasWork && !isLeaving) event.preventDefault();
  });
  const touch = watchIdle(() => void leave("idle"), { now: Date.now, later: (task, milliseconds) => setTimeout(task, milliseconds) });
  for (const event of ["pointerdown", "keydown", "wheel", "dragover"]) addEventListener(event, touch, { passive: true });

  const askToLeave = async () => {
    if (!desk.hasWork || confirm(desk.words.leaveAsks)) await leave("left");
  };
  const signIn = () => {
    // The work is kept on this device, and on the desk again afterwards.
    isLeaving = true;
    void session.forget().then(() => session.signIn(desk.state.language));
  };
  const factor = new SecondFactor(settings, { fetch: surroundings.fetch, accessToken: async () => (await session.current())?.accessToken });
  render(<Page {...{ desk, today, email: clerk.email, factor, signIn }} signOut={() => void askToLeave()} />, place);
  await desk.reload();
}

/** The language that was chosen on this device, or else the school's. */
function languageOf(settings: Settings | undefined): OfficeLanguage {
  const chosen = localStorage.getItem(LANGUAGE_KEY) ?? settings?.language;
  return OFFICE_LANGUAGES.find((language) => language === chosen) ?? (chosen === undefined || chosen === "cs" ? "cs" : "en");
}

function remember(language: OfficeLanguage): void {
  localStorage.setItem(LANGUAGE_KEY, language);
}
