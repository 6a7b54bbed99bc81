/**
 * Waits for `work`, and no longer than `milliseconds`: what hangs must not hold up the display.
 *
 * @throws Error when the time is up; the work itself goes on.
 */
export function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not done after ${milliseconds} ms`)), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
