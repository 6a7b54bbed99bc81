import { useState } from "preact/hooks";
import { addDays } from "../../../common/clock";
import { count, longDate } from "../../../common/texts";
import { openLessons } from "../../../planning/day";
import type { SecondFactor } from "../aws/second-factor";
import { publish } from "../desk/publishing";
import type { View } from "../desk/state";
import { useDesk } from "./context";
import { Icon } from "./icons";
import { Languages } from "./languages";
import { PrintMenu } from "./print-menu";
import { SecondFactorDialog } from "./second-factor";
import { stepBack, stepForward } from "./steps";

/** Earlier than any day that a school still has. */
const FIRST_DATE = "2020-01-01";

/** What is always in sight: the day, how many lessons are open, undo, publish, and who is signed in. */
export function TopBar({ email, factor, signOut }: { email: string; factor: SecondFactor; signOut: () => void }) {
  const { desk, state, words } = useDesk();
  const { today } = desk;
  const [isShown, setShown] = useState(false);
  const [isMore, setMore] = useState(false);
  const { past, future } = state.history;
  const isIdle = desk.changes.length === 0 && past.length === 0 && future.length === 0 && state.publishing !== "sending";
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
        <button
          type="button"
          class="top-button more-button"
          aria-label={words.more}
          aria-expanded={isMore}
          onClick={() => setMore(!isMore)}
        >
          <Icon name="more" />
        </button>
        <div class={isMore ? "more more-shown" : "more"}>
          <PrintMenu />
          <Languages chosen={state.language} speak={(language) => desk.speak(language)} />
          <button type="button" class="top-button who" title={words.secondFactor} onClick={() => setShown(true)}>
            {email}
          </button>
          <button type="button" class="top-button" onClick={signOut}>
            {words.signOut}
          </button>
        </div>
        {isShown && <SecondFactorDialog {...{ factor, email }} close={() => setShown(false)} />}
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
            // While a year is typed, its first digits are a year as well, and no day to read.
            min={FIRST_DATE}
            onChange={({ currentTarget: { value, validity } }) => value && validity.valid && go(value)}
          />
        </span>
        <OpenCount />
        <span class="gap" />
        <span class={isIdle ? "publish publish-idle" : "publish"}>
          <Steps />
          <PublishButton />
        </span>
      </div>
    </header>
  );
}

/** How many lessons are open: that none is, is good news. */
function OpenCount() {
  const { desk, state, words } = useDesk();
  if (!state.day) return null;
  const open = openLessons(state.day, desk.plan).length;
  const isFilled = open === 0 && state.day.lessons.length > 0;
  return (
    <output class={open === 0 ? "open-count open-none" : "open-count"}>
      {open === 0 && <Icon name="tick" />}
      {isFilled ? words.allAssigned : count(open, words.open, state.language)}
    </output>
  );
}

/** Back and forth. A button that has nothing to do keeps the focus. */
function Steps() {
  const { desk, state, words } = useDesk();
  const { past, future } = state.history;
  const steps = [
    { icon: "undo", name: words.undo, keys: "Ctrl+Z", isIdle: past.length === 0, step: stepBack },
    { icon: "redo", name: words.redo, keys: "Ctrl+Y", isIdle: future.length === 0, step: stepForward },
  ] as const;
  return (
    <>
      {steps.map(({ icon, name, keys, isIdle, step }) => (
        <button
          key={icon}
          type="button"
          class="top-button"
          aria-disabled={isIdle}
          aria-label={name}
          title={`${name} (${keys})`}
          onClick={() => step(desk)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </>
  );
}

function PublishButton() {
  const { desk, state, words } = useDesk();
  const changes = desk.changes.length;
  const isBusy = state.publishing === "sending";
  return (
    <>
      {changes > 0 && (
        <button type="button" class="top-button" onClick={() => desk.discard()}>
          {words.discard}
        </button>
      )}
      <button type="button" class="button button-main" disabled={changes === 0 || isBusy} onClick={() => void publish(desk)}>
        {isBusy ? words.publishing : words.publish}
        {changes > 0 && !isBusy && <small>{count(changes, words.publishCount, state.language)}</small>}
      </button>
    </>
  );
}
