import { useState } from "preact/hooks";
import { addDays } from "../../../common/clock";
import { count, longDate } from "../../../common/texts";
import type { SecondFactor } from "../aws/second-factor";
import { publish } from "../desk/publishing";
import type { View } from "../desk/state";
import { OFFICE_LANGUAGES } from "../words";
import { useDesk } from "./context";
import { Icon } from "./icons";
import { printPage } from "./print";
import { SecondFactorDialog } from "./second-factor";

/** What is always in sight: the day, how many lessons are open, undo, publish, and who is signed in. */
export function TopBar({ today, email, factor, signOut }: { today: string; email: string; factor: SecondFactor; signOut: () => void }) {
  const { desk, state, words } = useDesk();
  const { past, future } = state.history;
  const [isShown, setShown] = useState(false);
  const go = (date: string) => void desk.openDay(date);
  const days = [
    [words.yesterday, addDays(today, -1)],
    [words.today, today],
    [words.tomorrow, addDays(today, 1)],
  ] as const;
  return (
    <header class="top">
      <div class="top-line">
        <strong class="brand">GoldSport</strong>
        <nav class="tabs" aria-label={words.title}>
          {(["day", "instructors", "preview"] satisfies View[]).map((view) => (
            <button key={view} type="button" aria-current={state.view === view ? "page" : undefined} onClick={() => desk.show(view)}>
              {words.views[view]}
            </button>
          ))}
        </nav>
        <span class="gap" />
        <details class="menu">
          <summary>
            <Icon name="print" />
            {words.print}
          </summary>
          <div class="menu-list">
            <button type="button" onClick={() => printPage("day")}>
              {words.printDay}
            </button>
            <button type="button" onClick={() => printPage("strips")}>
              {words.printStrips}
            </button>
          </div>
        </details>
        <span class="languages">
          {OFFICE_LANGUAGES.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={state.language === language}
              aria-label={`${words.language}: ${language}`}
              onClick={() => desk.speak(language)}
            >
              {language.toUpperCase()}
            </button>
          ))}
        </span>
        <button type="button" class="top-button who" title={words.secondFactor} onClick={() => setShown(true)}>
          {email}
        </button>
        {isShown && <SecondFactorDialog {...{ factor, email }} close={() => setShown(false)} />}
        <button type="button" class="top-button" onClick={signOut}>
          {words.signOut}
        </button>
      </div>
      <div class="top-line top-day">
        <h1>{longDate(state.date, state.language)}</h1>
        <span class="days">
          <button type="button" aria-label={words.previousDay} title={words.previousDay} onClick={() => go(addDays(state.date, -1))}>
            <Icon name="left" />
          </button>
          {days.map(([name, date]) => (
            <button key={date} type="button" aria-pressed={state.date === date} onClick={() => go(date)}>
              {name}
            </button>
          ))}
          <button type="button" aria-label={words.nextDay} title={words.nextDay} onClick={() => go(addDays(state.date, 1))}>
            <Icon name="right" />
          </button>
          <input
            type="date"
            aria-label={words.anyDay}
            title={words.anyDay}
            value={state.date}
            onChange={({ currentTarget: { value } }) => value && go(value)}
          />
        </span>
        <OpenCount />
        <span class="gap" />
        <button
          type="button"
          class="top-button"
          disabled={past.length === 0}
          aria-label={words.undo}
          title={`${words.undo} (Ctrl+Z)`}
          onClick={() => desk.undo()}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          class="top-button"
          disabled={future.length === 0}
          aria-label={words.redo}
          title={`${words.redo} (Ctrl+Y)`}
          onClick={() => desk.redo()}
        >
          <Icon name="redo" />
        </button>
        <PublishButton />
      </div>
    </header>
  );
}

function OpenCount() {
  const { desk, state, words } = useDesk();
  if (!state.day || state.day.lessons.length === 0) return null;
  const open = state.day.lessons.filter(({ id }) => desk.plan[id] === undefined).length;
  return (
    <output class={open === 0 ? "open-count open-none" : "open-count"}>
      {open === 0 ? words.allAssigned : count(open, words.open, state.language)}
    </output>
  );
}

function PublishButton() {
  const { desk, state, words } = useDesk();
  const changes = desk.changes.length;
  const isBusy = state.publishing === "sending";
  return (
    <span class="publish">
      {changes > 0 && (
        <button type="button" class="top-button" onClick={() => desk.discard()}>
          {words.discard}
        </button>
      )}
      <button type="button" class="button button-main" disabled={changes === 0 || isBusy} onClick={() => void publish(desk)}>
        {isBusy ? words.publishing : words.publish}
        {changes > 0 && !isBusy && <small>{count(changes, words.publishCount, state.language)}</small>}
      </button>
    </span>
  );
}
