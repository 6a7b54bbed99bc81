import { useRef } from "preact/hooks";
import { count, fill } from "../../../common/texts";
import { fileName } from "../../../common/uploads";
import { putAway, send, sendFiles } from "../desk/files";
import type { Sending } from "../desk/state";
import { mostBytes, type UploadRecord } from "../uploads";
import { type Setting, useDesk } from "./context";
import { Icon } from "./icons";

/** The door for files, and the last ones with what became of them. */
export function Files() {
  const setting = useDesk();
  const { desk, state, words } = setting;
  const input = useRef<HTMLInputElement>(null);
  return (
    <section class="files" aria-labelledby="files-title">
      <h2 id="files-title">{words.files}</h2>
      <button type="button" class="button button-wide" onClick={() => input.current?.click()}>
        <Icon name="file" />
        {words.chooseFiles}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden"
        multiple
        tabIndex={-1}
        aria-label={words.chooseFiles}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          void sendFiles(desk, chosen);
        }}
      />
      <p class="hint">{words.dropHelp}</p>
      <h3>{words.lastUploads}</h3>
      {state.uploads.length === 0 && <p class="empty">{words.noUploads}</p>}
      <ul class="uploads">
        {state.uploads.map((record) => (
          <li key={record.uploaded_at + record.key} class={`upload upload-${record.outcome}`}>
            <UploadText {...{ record, setting }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Files on their way, and what became of those that were just sent. */
export function Sendings() {
  const setting = useDesk();
  const { sendings } = setting.state;
  return (
    <>
      <p class="hidden" role="status">
        {sendings.map((sending) => saidOf(sending, setting)).join(" ")}
      </p>
      {sendings.length > 0 && (
        <aside class="sendings" aria-label={setting.words.files}>
          <ul class="uploads">
            {sendings.map((sending) => (
              <SendingItem key={sending.number} {...{ sending, setting }} />
            ))}
          </ul>
        </aside>
      )}
    </>
  );
}

/** How a file's way has ended, for those who do not see it: how much of it was sent would be said a hundred times. */
function saidOf({ name, state }: Sending, { words }: Setting): string {
  if (state.kind === "done") return `${name}: ${words.outcomes[state.record.outcome]}.`;
  if (state.kind === "slow") return `${name}: ${words.outcomes.slow}.`;
  return state.kind === "failed" ? `${name}: ${words.troubles[state.trouble]}` : "";
}

function SendingItem({ sending, setting }: { sending: Sending; setting: Setting }) {
  const { desk, words } = setting;
  const { state, name, sent, size } = sending;
  const percent = size === 0 ? 0 : Math.floor((sent / size) * 100);
  const isUnderWay = ["waiting", "sending", "processing"].includes(state.kind);
  return (
    <li class={`upload upload-${state.kind === "done" ? state.record.outcome : state.kind}`}>
      {state.kind === "done" ? <UploadText record={state.record} setting={setting} /> : <strong>{name}</strong>}
      {isUnderWay && (
        <>
          <progress max={100} value={state.kind === "processing" ? undefined : percent} aria-label={name} />
          <span>{state.kind === "processing" ? words.processing : fill(words.sending, { percent: `${percent}` })}</span>
        </>
      )}
      {state.kind === "slow" && <span>{words.outcomes.slow}</span>}
      {state.kind === "unfit" && (
        <span>{fill(words.unfit[state.why], { name, limit: sizeText(mostBytes(name, desk.ground.maxUploadMib)) })}</span>
      )}
      {(state.kind === "failed" || state.kind === "kept") && (
        <>
          <span>{state.kind === "failed" ? words.troubles[state.trouble] : words.unsent}</span>
          <button type="button" class="button button-small" onClick={() => void send(desk, sending)}>
            {words.again}
          </button>
        </>
      )}
      {!isUnderWay && (
        <button type="button" class="plain upload-close" aria-label={`${words.close}: ${name}`} onClick={() => putAway(desk, sending)}>
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

function sizeText(bytes: number): string {
  return bytes < 1024 ** 2 ? `${bytes / 1024} KiB` : `${bytes / 1024 ** 2} MiB`;
}

function UploadText({ record, setting }: { record: UploadRecord; setting: Setting }) {
  const { words, state } = setting;
  const { key, outcome, rows, code, reason, first_failure: first, uploaded_by: who } = record;
  const at = new Date(record.uploaded_at).toLocaleString(state.language, {
    ...{ day: "numeric", month: "numeric", hour: "numeric", minute: "2-digit" },
    timeZone: setting.desk.ground.timeZone,
  });
  const rejected = rows ? Object.entries(rows.rejected) : [];
  const why = (code && words.fileReasons[code]) ?? reason;
  const changed = outcome === "accepted" ? changedText(record, setting) : "";
  const inAll = rejected.reduce((sum, [, each]) => sum + each, 0);
  return (
    <>
      <strong>
        {fileName(key)} <span class={`outcome outcome-${outcome}`}>{words.outcomes[outcome]}</span>
      </strong>
      {outcome !== "accepted" && why && (
        <span class="upload-why">
          {why}
          {state.language !== "en" && code && reason ? ` (${reason})` : ""}
        </span>
      )}
      {rows && (
        <span>
          {fill(words.rows, { total: `${rows.total}`, valid: `${rows.valid}`, superseded: `${rows.superseded}`, rejected: `${inAll}` })}
        </span>
      )}
      {rejected.length > 0 && (
        <ul class="reasons">
          {rejected.map(([name, times]) => (
            <li key={name}>
              {times}× {words.rowReasons[name] ?? name}
            </li>
          ))}
        </ul>
      )}
      {first && <span>{fill(words.firstFailure, { line: `${first.line}`, reason: words.rowReasons[first.reason] ?? first.reason })}</span>}
      {changed !== "" && <span>{changed}</span>}
      <small>
        {at}
        {who && `, ${fill(words.by, { who })}`}
      </small>
    </>
  );
}

/** What an accepted file changed: an export, which has rows, of lessons and people; a roster, of who teaches. */
function changedText(
  { rows, lessons_changed: lessons, participants_changed: people }: UploadRecord,
  { words, state, terms }: Setting,
): string {
  const told = count(lessons, terms.lessons, state.language);
  if (rows === null) return lessons === 0 ? "" : fill(words.changedInstructors, { lessons: told });
  if (lessons === 0) return words.nothingChanged;
  return fill(words.changedLessons, { lessons: told, people: count(people, words.people, state.language) });
}
