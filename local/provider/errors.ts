const GONE = new Set([
  "NotFound",
  "NoSuchEntity",
  "QueueDoesNotExist",
  "AWS.SimpleQueueService.NonExistentQueue",
  "ResourceNotFound",
  "ResourceNotFoundException",
  "UserNotFoundException",
]);

/** Awaits an answer of AWS; undefined where it says that there is no such thing. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) {
      return undefined;
    }
    throw error;
  }
}

/** The error as AWS's tools show it: its code, then its sentence. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const metadata = "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }) : {};
  return metadata.httpStatusCode === 404 || GONE.has(error.name);
}
