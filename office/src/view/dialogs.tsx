import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { fill } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import { type Dialog, given } from "../desk/state";
import { differenceText, lessonFacts, lessonName, proposalText, unfillableText } from "../words/sentences";
import { nameOf, useDesk } from "./context";
import { focusAgain } from "./focus";

/** The dialog that is open, if one is. */
export function Dialogs() {
  const { state } = useDesk();
  const { dialog } = state;
  // Proposals that are made anew are chosen among anew.
  if (dialog?.kind === "propose") return <Proposals key={dialog.proposed} dialog={dialog} />;
  return dialog?.kind === "merge" ? <Merge dialog={dialog} /> : null;
}

/** A dialog over the page; Escape closes it. The focus goes back to where it was, however the dialog ends. */
export function Frame({ title, children, onClose }: { title: string; children: ComponentChildren; onClose?: () => void }) {
  const { desk } = useDesk();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    // The browser does so for a dialog that it closes, and for none that is gone with its buttons.
    return () => focusAgain(before);
  }, []);
  return (
    <dialog ref={element} class="dialog" aria-labelledby={id} onClose={onClose ?? (() => desk.closeDialog())}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

function Proposals({ dialog: { proposed } }: { dialog: Extract<Dialog, { kind: "propose" }> }) {
  const { desk, state, words } = useDesk();
  const { proposals, unfillable } = proposed;
  const { language } = state;
  const all = proposals.map(({ lesson }) => lesson.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(all));
  const toggle = (id: string) => setChosen((now) => new Set(now.has(id) ? [...now].filter((each) => each !== id) : [...now, id]));
  const take = () => {
    const taken = proposals.filter(({ lesson }) => chosen.has(lesson.id));
    desk.work(taken.reduce((plan, { lesson, instructor }) => given(plan, lesson.id, instructor.id), desk.plan));
    desk.closeDialog();
  };
  return (
    <Frame title={words.proposals}>
      <p class="hint">{proposals.length === 0 ? words.proposalsNone : words.proposalsHelp}</p>
      <ul class="proposals">
        {proposals.map((proposal) => (
          <li key={proposal.lesson.id}>
            <label>
              <input type="checkbox" checked={chosen.has(proposal.lesson.id)} onChange={() => toggle(proposal.lesson.id)} />
              <ProposedLesson lesson={proposal.lesson} />
              <strong>{proposal.instructor.name}</strong>
              <span class="proposal-why">{proposalText(proposal, language)}</span>
            </label>
          </li>
        ))}
        {unfillable.map(({ lesson, reasons }) => (
          <li key={lesson.id} class="proposal-none">
            <ProposedLesson lesson={lesson} />
            <span class="proposal-why">{unfillableText(reasons, language)}</span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        {proposals.length > 0 && (
          <>
            <button type="button" class="button" onClick={() => setChosen(new Set(all))}>
              {words.takeAll}
            </button>
            <button type="button" class="button" onClick={() => setChosen(new Set())}>
              {words.takeNone}
            </button>
          </>
        )}
        <span class="gap" />
        <button type="button" class="button" onClick={() => desk.closeDialog()}>
          {proposals.length > 0 ? words.cancel : words.close}
        </button>
        {proposals.length > 0 && (
          <button type="button" class="button button-main" disabled={chosen.size === 0} onClick={take}>
            {fill(words.takeChosen, { count: `${chosen.size}` })}
          </button>
        )}
      </div>
    </Frame>
  );
}

function ProposedLesson({ lesson }: { lesson: Lesson }) {
  const { language } = useDesk().state;
  return (
    <span class="proposal-lesson">
      <strong>{lessonName(lesson, language)}</strong>
      <small>{lessonFacts(lesson, language)}</small>
    </span>
  );
}

function Merge({ dialog }: { dialog: Extract<Dialog, { kind: "merge" }> }) {
  const { desk, state, words } = useDesk();
  const { differences } = dialog;
  return (
    <Frame title={words.merge}>
      <p>{words.mergeHelp}</p>
      <ul class="differences">
        {differences.map((difference) => (
          <li key={difference.lessonId}>
            {differenceText(difference, state.day?.lessons ?? [], state.marks, (id) => nameOf(state, id), state.language)}
          </li>
        ))}
      </ul>
      <div class="buttons">
        <span class="gap" />
        <button type="button" class="button button-main" onClick={() => desk.closeDialog()}>
          {words.close}
        </button>
      </div>
    </Frame>
  );
}
