/** What may go wrong between the page and AWS, as the page tells it apart. */
export type TroubleKind =
  /** Nothing answers. */
  | "offline"
  /** Whoever was signed in is not any more. */
  | "signed-out"
  /** What was to be replaced has changed meanwhile. */
  | "changed"
  /** The role may not do that. */
  | "forbidden"
  /** Everything else: AWS says no. */
  | "refused";

/** Something did not work; `message` is for whoever looks closer. */
export class Trouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    message: string,
  ) {
    super(message);
  }
}

/** As long as an answer may take, and a pause before it is asked for again, in milliseconds. */
const ANSWER_WITHIN = 30_000;
const PAUSE = 300;
const ATTEMPTS = 4;

/**
 * What is answered to a request, with no answer as a trouble. Whoever is too busy to answer is asked again, more and more slowly.
 *
 * @param ask Asks anew each time.
 * @param delay Without it, it is asked once.
 */
export async function answerOf(
  ask: (signal: AbortSignal) => Promise<Response>,
  delay?: (milliseconds: number) => Promise<void>,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await ask(AbortSignal.timeout(ANSWER_WITHIN)).catch((error: unknown) => {
      throw new Trouble("offline", String(error));
    });
    if (delay === undefined || attempt === ATTEMPTS || !(await isBusy(response))) return response;
    await delay(PAUSE * 2 ** attempt);
  }
}

/** Whether AWS asks to be asked later. */
async function isBusy(response: Response): Promise<boolean> {
  if (response.status >= 500 || response.status === 429) return true;
  return response.status === 400 && isThrottled(await response.clone().text());
}

export function isThrottled(text: string): boolean {
  return /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded/.test(text);
}

/** What went wrong, as the page tells it. An error of the program is told to whoever looks closer, and leaves the page as usable as any trouble. */
export function troubleOf(error: unknown): TroubleKind {
  if (error instanceof Trouble) return error.kind;
  queueMicrotask(() => {
    throw error;
  });
  return "refused";
}
