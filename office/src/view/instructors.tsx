import { useState } from "preact/hooks";
import { fill, shortDate, translate, wordKey } from "../../../common/texts";
import type { Instructor } from "../../../planning/day";
import { saveProfiles } from "../desk/instructors";
import { newInstructor } from "../desk/profiles";
import { useDesk } from "./context";
import { Icon } from "./icons";

const LANGUAGES = ["cs", "en", "de", "pl"];

/** The instructors: names as they are shown, languages, levels, who teaches, and when they are absent. */
export function Instructors() {
  const { desk, state, words, terms } = useDesk();
  const { edited, isSaving } = state;
  const profiles = edited ?? state.instructors ?? [];
  const put = (changed: Instructor[] | undefined) => {
    desk.edit(changed);
    desk.change({ notice: undefined });
  };
  const edit = (id: string, part: Partial<Instructor>) =>
    put(profiles.map((profile) => (profile.id === id ? { ...profile, ...part } : profile)));
  const cancel = () => {
    if (confirm(words.editsDiscardAsks)) put(undefined);
  };
  const add = () => put([...profiles, newInstructor()]);
  const levels = [...Object.keys(terms.levels), ...(state.day?.lessons ?? []).map(({ level }) => level)];
  // Whoever is not known yet would be replaced by nobody.
  if (!state.instructors) return <p class="empty empty-day">{state.trouble === undefined ? words.loading : ""}</p>;
  const isComplete = profiles.every(({ name }) => name.trim() !== "");
  return (
    <section class="instructors" aria-labelledby="instructors-title">
      <header class="instructors-head">
        <h2 id="instructors-title">{words.views.instructors}</h2>
        <p class="hint">{words.profilesHelp}</p>
        <button type="button" class="button" onClick={add}>
          {words.addInstructor}
        </button>
        <button type="button" class="button" disabled={edited === undefined || isSaving} onClick={cancel}>
          {words.cancel}
        </button>
        <button
          type="button"
          class="button button-main"
          disabled={edited === undefined || isSaving || !isComplete}
          onClick={() => void saveProfiles(desk)}
        >
          {isSaving ? words.publishing : words.save}
        </button>
      </header>
      <div class="profiles">
        {profiles.map((profile) => (
          <fieldset key={profile.id} class={profile.active === false ? "profile profile-away" : "profile"}>
            <legend class="hidden">{profile.name}</legend>
            <label class="profile-name">
              <span class="hidden">{words.name}</span>
              <input
                value={profile.name}
                placeholder={words.name}
                maxLength={120}
                onInput={({ currentTarget }) => edit(profile.id, { name: currentTarget.value })}
              />
            </label>
            <label class="chip">
              <input
                type="checkbox"
                checked={profile.active !== false}
                onChange={() => edit(profile.id, { active: profile.active === false })}
              />
              <span>{words.isActive}</span>
            </label>
            <Chips
              title={words.languagesSpoken}
              all={[...LANGUAGES, ...profile.languages]}
              chosen={profile.languages}
              show={(code) => code.toUpperCase()}
              choose={(languages) => edit(profile.id, { languages })}
            />
            <Absences {...{ profile, edit }} />
            <Chips
              title={(profile.levels ?? []).length === 0 ? `${words.levels}: ${words.allLevels}` : words.levels}
              all={[...levels, ...(profile.levels ?? [])]}
              chosen={profile.levels ?? []}
              show={(level) => translate(level, terms.levels)}
              choose={(chosen) => edit(profile.id, { levels: chosen })}
            />
          </fieldset>
        ))}
      </div>
    </section>
  );
}

/** Words to choose among, each once, however it is written. */
function Chips({
  title,
  all,
  chosen,
  show,
  choose,
}: {
  title: string;
  all: string[];
  chosen: string[];
  show: (value: string) => string;
  choose: (chosen: string[]) => void;
}) {
  const isChosen = (value: string) => chosen.some((each) => wordKey(each) === wordKey(value));
  const toggle = (value: string) => (isChosen(value) ? chosen.filter((each) => wordKey(each) !== wordKey(value)) : [...chosen, value]);
  const once = all.filter((value, index) => all.findIndex((each) => wordKey(each) === wordKey(value)) === index);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of fields within one cannot be laid out in its line
    <span class="chips" role="group" aria-label={title}>
      <span class="chips-title">{title}</span>
      {once.map((value) => (
        <label key={wordKey(value)} class="chip">
          <input type="checkbox" checked={isChosen(value)} onChange={() => choose(toggle(value))} />
          <span>{show(value)}</span>
        </label>
      ))}
    </span>
  );
}

function Absences({ profile, edit }: { profile: Instructor; edit: (id: string, part: Partial<Instructor>) => void }) {
  const { state, words } = useDesk();
  const [date, setDate] = useState(state.date);
  const { absences: dates = [] } = profile;
  const set = (absences: string[]) => edit(profile.id, { absences });
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <span class="chips" role="group" aria-label={words.absences}>
      <span class="chips-title">{words.absences}</span>
      {dates.map((absence) => (
        <button
          key={absence}
          type="button"
          class="chip chip-date"
          aria-label={fill(words.removeAbsence, { date: shortDate(absence, state.language) })}
          onClick={() => set(dates.filter((each) => each !== absence))}
        >
          {shortDate(absence, state.language)}
          <Icon name="close" />
        </button>
      ))}
      <input type="date" aria-label={words.absences} value={date} onChange={({ currentTarget }) => setDate(currentTarget.value)} />
      <button
        type="button"
        class="button button-small"
        disabled={!date || dates.includes(date)}
        onClick={() => set([...dates, date].sort())}
      >
        {words.addAbsence}
      </button>
    </span>
  );
}
