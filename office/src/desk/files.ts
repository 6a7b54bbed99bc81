import { contentTypeOf, inUploadOrder, keyOf, PROFILES_KEY } from "../../../common/uploads";
import { outcomeOf, unfit } from "../uploads";
import { type Desk, troubleOf } from "./desk";
import type { Sending } from "./state";

let numbers = 0;

/** Uploads files that were dropped, one after the other, and shows what becomes of each. */
export async function sendFiles(desk: Desk, files: readonly File[]): Promise<void> {
  const sendings = files.map((file): Sending => {
    const why = unfit(file.name, file.size, desk.ground.maxUploadMib);
    const state: Sending["state"] = why === undefined ? { kind: "waiting" } : { kind: "unfit", why };
    return { number: ++numbers, name: file.name, sent: 0, size: file.size, state, file };
  });
  desk.change({ sendings: [...sendings, ...desk.state.sendings] });
  const fit = sendings.filter(({ state }) => state.kind === "waiting");
  for (const { sending } of inUploadOrder(fit.map((sending) => ({ key: keyOf(sending.name) ?? "", sending })))) {
    await sendOne(desk, sending);
  }
}

/** Uploads a file once more that could not be uploaded. */
export async function sendAgain(desk: Desk, sending: Sending): Promise<void> {
  await sendOne(desk, sending);
}

/** Takes a file off the list. */
export function putAway(desk: Desk, { number }: Sending): void {
  desk.change({ sendings: desk.state.sendings.filter((sending) => sending.number !== number) });
}

async function sendOne(desk: Desk, { number, name, file }: Sending): Promise<void> {
  const key = keyOf(name);
  if (key === undefined || file === undefined) return;
  const update = (part: Partial<Sending>) =>
    desk.change({ sendings: desk.state.sendings.map((sending) => (sending.number === number ? { ...sending, ...part } : sending)) });
  const { bucket, table, now, delay } = desk.ground;
  try {
    update({ state: { kind: "sending" }, sent: 0 });
    const since = now();
    const etag = await bucket.put(key, { body: file, type: contentTypeOf(key) }, undefined, (sent) => update({ sent }));
    update({ state: { kind: "processing" }, sent: file.size });
    const record = await outcomeOf({ table, now, delay }, key, etag, since);
    if (record?.outcome === "accepted") {
      if (key === PROFILES_KEY) await desk.loadProfiles();
      await desk.loadDay();
    }
    // What became of a file is told once the page shows it.
    update({ state: record === undefined ? { kind: "slow" } : { kind: "done", record } });
    await desk.loadUploads();
  } catch (error) {
    update({ state: { kind: "failed", trouble: troubleOf(error) } });
  }
}
