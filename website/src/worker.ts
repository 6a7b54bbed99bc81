/** The service worker keeps the page itself at hand, so that a reload needs no server. */

import { within } from "./patience";

/** How long a new version may take to arrive, in milliseconds. */
const UPDATE_WITHIN = 30_000;

/** Has the browser install the worker; does nothing where there are none. */
export function installWorker(): void {
  navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined);
}

/** Fetches a new version of the page, if there is one, so that the next reload shows it. Never fails, and never takes long. */
export async function updateWorker(): Promise<void> {
  // Private windows offer no worker, or refuse to say.
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (!registration) return;
  await within(fetchNewVersion(registration), UPDATE_WITHIN).catch(() => undefined);
}

async function fetchNewVersion(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return;
  await new Promise<void>((resolve) => {
    const check = () => {
      if (worker.state === "activated" || worker.state === "redundant") resolve();
    };
    worker.addEventListener("statechange", check);
    check();
  });
}
