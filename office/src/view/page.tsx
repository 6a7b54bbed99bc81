import { useEffect, useState } from "preact/hooks";
import type { SecondFactor } from "../aws/second-factor";
import type { Desk } from "../desk/desk";
import { sendFiles } from "../desk/files";
import { type OfficeLanguage, WORDS } from "../words";
import { DeskProvider, useDesk } from "./context";
import { DayView } from "./day-view";
import { Dialogs } from "./dialogs";
import { Sendings } from "./files";
import { Instructors } from "./instructors";
import { Languages } from "./languages";
import { OtherDays } from "./other-days";
import { Preview } from "./preview";
import { Print } from "./print";
import { TopBar } from "./top-bar";

/** The whole page of somebody who has signed in. */
export function Page({
  desk,
  email,
  factor,
  signIn,
  signOut,
}: {
  desk: Desk;
  email: string;
  factor: SecondFactor;
  signIn: () => void;
  signOut: () => void;
}) {
  return (
    <DeskProvider value={desk}>
      <TopBar {...{ email, factor, signOut }} />
      <Messages signIn={signIn} />
      <Sendings />
      <main class="main" tabIndex={-1}>
        <Views />
      </main>
      <Dialogs />
      <DropZone />
      <Print />
    </DeskProvider>
  );
}

function Views() {
  const { state } = useDesk();
  useEffect(() => {
    document.documentElement.lang = state.language;
  }, [state.language]);
  return { day: <DayView />, instructors: <Instructors />, preview: <Preview /> }[state.view];
}

/** What was just done, what went wrong, and what to do about it. */
function Messages({ signIn }: { signIn: () => void }) {
  const { desk, state, words } = useDesk();
  const { trouble, notice, publishing } = state;
  const told = {
    no: undefined,
    sending: undefined,
    processing: words.waitingForScreen,
    published: words.published,
    slow: words.notYetProcessed,
  };
  const text = trouble === undefined ? (notice ?? told[publishing]) : words.troubles[trouble];
  return (
    <div class="messages" role="status">
      <span class="hidden">{state.said}</span>
      {text !== undefined && (
        <p class={trouble === undefined ? "message" : "message message-trouble"}>
          {text}
          {trouble === "signed-out" && (
            <button type="button" class="button button-small" onClick={signIn}>
              {words.signIn}
            </button>
          )}
          {trouble !== undefined && trouble !== "signed-out" && (
            <button type="button" class="button button-small" onClick={() => void desk.reload()}>
              {words.again}
            </button>
          )}
        </p>
      )}
      <OtherDays />
    </div>
  );
}

/** Takes files that are dropped anywhere on the page. */
function DropZone() {
  const { desk, words } = useDesk();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      desk.show("day");
      desk.select(undefined);
      void sendFiles(desk, [...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [desk]);
  return <div class={isOver ? "drop" : "drop hidden"}>{words.dropHere}</div>;
}

/** Why nobody is signed in. */
export type Absence = "never" | "left" | "idle" | "expired";

/** A clear screen for whoever has not signed in. */
export function SignedOut({
  why,
  language,
  signIn,
  speak,
}: {
  why: Absence;
  language: OfficeLanguage;
  signIn: () => void;
  speak: (language: OfficeLanguage) => void;
}) {
  const words = WORDS[language];
  const told = { never: words.signInHelp, left: words.signedOut, idle: words.signedOutIdle, expired: words.sessionOverHelp }[why];
  return (
    <main class="sign-in" lang={language}>
      <h1>GoldSport</h1>
      <p>{told}</p>
      <button type="button" class="button button-main" onClick={signIn}>
        {words.signIn}
      </button>
      <Languages chosen={language} speak={speak} />
    </main>
  );
}
