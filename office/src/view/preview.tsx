import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { localParts, MINUTE } from "../../../common/clock";
import { dayPath, INDEX_PATH, type ScheduleIndex } from "../../../common/documents";
import { PREVIEW_PAGE, type Previewed } from "../../../common/preview";
import { count, DICTIONARIES, LANGUAGES, type Language } from "../../../common/texts";
import type { Day } from "../../../planning/day";
import { publishedDocuments } from "../../../planning/published";
import { useDesk } from "./context";
import { PreviewFrame } from "./preview-frame";

/** How long before the first start people come to look for it, in milliseconds. */
const BEFORE_FIRST = 10 * MINUTE;

/** What a screen shows in turn, unless its address says otherwise. */
const USUAL_LANGUAGES: Language[] = ["cs", "en"];

/** The screen as it will be at a time of one's choice, with the work that is not published yet: the display itself, in a frame. */
export function Preview() {
  const { desk, state, words } = useDesk();
  const { timeZone } = desk.ground;
  const { day, date } = state;
  const [chosen, setTime] = useState<string>();
  const [languages, setLanguages] = useState(USUAL_LANGUAGES);
  const [isWide, setWide] = useState(false);
  const previewed = usePreviewed();
  const time = chosen ?? usualTime(day, timeZone);
  const query = `?date=${date}&time=${time}&lang=${languages}`;
  const changes = desk.changes.length;
  return (
    <section class="preview" aria-labelledby="preview-title">
      <div class="preview-side">
        <h2 id="preview-title">{words.views.preview}</h2>
        <p class="hint">{words.previewHelp}</p>
        <p class="preview-state" role="status">
          {changes > 0 && <strong class="preview-unpublished">{count(changes, words.previewUnpublished, state.language)}</strong>}
        </p>
        <label class="field">
          {words.previewTime}
          <input type="time" value={time} step={300} onInput={({ currentTarget: { value } }) => value && setTime(value)} />
        </label>
        <fieldset class="preview-choice">
          <legend>{words.previewLanguages}</legend>
          {LANGUAGES.map((language) => (
            <label key={language} class="chip" lang={language}>
              <input
                type="checkbox"
                checked={languages.includes(language)}
                // One stays: a screen has to speak.
                disabled={languages.length === 1 && languages.includes(language)}
                onChange={() => setLanguages(LANGUAGES.filter((each) => languages.includes(each) !== (each === language)))}
              />
              <span>{DICTIONARIES[language].language}</span>
            </label>
          ))}
        </fieldset>
        <fieldset class="preview-choice">
          <legend>{words.previewShape}</legend>
          {[false, true].map((wide) => (
            <label key={wide} class="chip">
              <input type="radio" name="preview-shape" checked={isWide === wide} onChange={() => setWide(wide)} />
              <span>{wide ? words.wide : words.upright}</span>
            </label>
          ))}
        </fieldset>
        <p>
          <a class="button" href={`/${query}`} target="_blank" rel="noreferrer">
            {words.openScreen}
          </a>
        </p>
      </div>
      <div class="preview-stage">
        {previewed === undefined ? (
          <p class="empty">{state.trouble === undefined ? words.loading : ""}</p>
        ) : (
          <PreviewFrame key={query + previewed} address={`/${PREVIEW_PAGE}${query}`} {...{ previewed, isWide }} />
        )}
      </div>
    </section>
  );
}

/**
 * The documents as they will be once the work is published, {@link Previewed} as JSON; undefined until all that they are made of is read.
 * They stay the same, and so the frame, where nothing but the time at which they were made is another.
 */
function usePreviewed(): string | undefined {
  const { desk, state } = useDesk();
  const { day } = state;
  const { plan } = desk;
  const [index, setIndex] = useState<ScheduleIndex | null>();
  const former = useRef({ timeless: "", text: "" });
  useEffect(() => void publishedIndex().then(setIndex), []);
  return useMemo(() => {
    if (!day || index === undefined) return undefined;
    const documents = publishedDocuments(day, plan, index ?? undefined, desk.ground.timeZone, desk.ground.now());
    const timeless = JSON.stringify(documents, (key, value) => (key === "generated_at" ? undefined : value));
    if (former.current.timeless === timeless) return former.current.text;
    const texts: Previewed = {
      [`/${INDEX_PATH}`]: JSON.stringify(documents.index),
      [`/${dayPath(day.date)}`]: JSON.stringify(documents.day),
    };
    former.current = { timeless, text: JSON.stringify(texts) };
    return former.current.text;
  }, [day, plan, index, desk]);
}

/** The index as it is published; null where there is none, or none that can be had. */
async function publishedIndex(): Promise<ScheduleIndex | null> {
  try {
    const answer = await fetch(`/${INDEX_PATH}`, { cache: "no-store" });
    return answer.ok ? ((await answer.json()) as ScheduleIndex) : null;
  } catch {
    return null;
  }
}

/** Ten minutes before the day's first start, `HH:MM`. */
function usualTime(day: Day | undefined, timeZone: string): string {
  const [first] = day?.lessons ?? [];
  return first ? localParts(Date.parse(first.starts_at) - BEFORE_FIRST, timeZone).time : "08:50";
}
