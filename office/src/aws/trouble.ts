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

/** `fetch`, with no answer as a trouble. */
export async function answerOf(ask: Promise<Response>): Promise<Response> {
  try {
    return await ask;
  } catch (error) {
    throw new Trouble("offline", String(error));
  }
}
