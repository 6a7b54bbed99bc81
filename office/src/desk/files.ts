import { contentTypeOf, inUploadOrder, keyOf } from "../../../common/uploads";
import { troubleOf } from "../aws/trouble";
import type { KeptFile } from "../kept-files";
import { outcomeOf, unfit } from "../uploads";
import type { Desk } from "./desk";
import type { Sending } from "./state";

let numbers = 0;

/** The end of each desk's last put: of two files of one key the one that was dropped later is to lie there. */
const queues = new WeakMap<Desk, Promise<void>>();

/** For as long a file is kept that was not sent, in milliseconds: an older export says what is not so any more. */
const KEPT_FOR = 2 * 24 * 3_600_000;

/** Uploads files that were dropped, one after the other, and shows what becomes of each. They are kept on this device until they are sent. */
export async function sendFiles(desk: Desk, files: readonly File[]): Promise<void> {
  const { maxUploadMib, files: keep, email, now } = desk.ground;
  const at = now();
  const sendings = files.map((file): Sending => {
    const why = unfit(file.name, file.size, maxUploadMib);
    return sendingOf({ id: crypto.randomUUID(), file, at }, why === undefined ? { kind: "waiting" } : { kind: "unfit", why });
  });
  desk.change({ sendings: [...sendings, ...desk.state.sendings] });
  const fit = sendings.filter(({ state }) => state.kind === "waiting");
  await Promise.all(fit.map(({ keptAs, file }) => keep.put({ id: keptAs, email, file, at })));
  for (const { sending } of inUploadOrder(fit.map((sending) => ({ key: keyOf(sending.name) ?? "", sending })))) {
    await send(desk, sending);
  }
}

/** Shows the files that this device has kept for the clerk since the page was last there: they are sent when that is asked. */
export async function showKept(desk: Desk): Promise<void> {
  const { files: keep, email, now } = desk.ground;
  const all = await keep.all();
  const isOld = ({ at }: { at: number }) => now() - at > KEPT_FOR;
  for (const { id } of all.filter(isOld)) await keep.drop(id);
  const theirs = all.filter((one) => one.email === email && !isOld(one));
  const known = new Set(desk.state.sendings.map(({ keptAs }) => keptAs));
  const kept = theirs.filter(({ id }) => !known.has(id)).map((one) => sendingOf(one, { kind: "kept" }));
  if (kept.length > 0) desk.change({ sendings: [...desk.state.sendings, ...kept] });
}

/** Takes a file off the list; one that was not sent is not sent any more. */
export function putAway(desk: Desk, { number, keptAs }: Sending): void {
  desk.change({ sendings: desk.state.sendings.filter((sending) => sending.number !== number) });
  void desk.ground.files.drop(keptAs);
}

/** Uploads a file, for the first time or once more, and shows what becomes of it. Older ones of its name that were not sent are put away then. */
export async function send(desk: Desk, sending: Sending): Promise<void> {
  const { number, name, file, keptAs } = sending;
  const key = keyOf(name);
  if (key === undefined) return;
  const update = (part: Partial<Sending>) =>
    desk.change({ sendings: desk.state.sendings.map((one) => (one.number === number ? { ...one, ...part } : one)) });
  const { bucket, table, now, delay, files: keep } = desk.ground;
  let isSent = false;
  try {
    update({ state: { kind: "waiting" }, sent: 0 });
    const put = await inTurn(desk, async () => {
      // It may have been put away meanwhile.
      if (!desk.state.sendings.some((one) => one.number === number)) return undefined;
      update({ state: { kind: "sending" } });
      const from = now();
      const etag = await bucket.put(key, { body: file, type: contentTypeOf(key) }, undefined, (sent) => update({ sent }));
      for (const one of desk.state.sendings) if (keyOf(one.name) === key && isUnsentBefore(one, sending)) putAway(desk, one);
      return { key, etag, from, until: now() };
    });
    if (!put) return;
    isSent = true;
    await keep.drop(keptAs);
    update({ state: { kind: "processing" }, sent: file.size });
    const record = await outcomeOf({ table, now, delay }, put, () => update({ state: { kind: "slow" } }));
    if (record?.outcome === "accepted") await desk.loadDay();
    // What became of a file is told once the page shows it.
    update({ state: record === undefined ? { kind: "slow" } : { kind: "done", record } });
    await desk.loadUploads();
  } catch (error) {
    const trouble = troubleOf(error);
    update({ state: isSent ? { kind: "slow" } : { kind: "failed", trouble } });
    // Where to sign in again is said at the top of the page.
    if (trouble === "signed-out") desk.change({ trouble });
  }
}

/** Puts one file after the other. */
function inTurn<T>(desk: Desk, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(desk) ?? Promise.resolve()).then(work);
  const end = () => {};
  queues.set(desk, turn.then(end, end));
  return turn;
}

/** Whether a file was dropped before another one, and is still to be sent: it would overwrite the newer one. */
function isUnsentBefore({ state, at, number }: Sending, other: Sending): boolean {
  return ["waiting", "failed", "kept"].includes(state.kind) && (at < other.at || (at === other.at && number < other.number));
}

function sendingOf({ file, id, at }: Pick<KeptFile, "file" | "id" | "at">, state: Sending["state"]): Sending {
  return { number: ++numbers, name: file.name, sent: 0, size: file.size, state, file, keptAs: id, at };
}
