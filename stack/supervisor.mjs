/**
 * Tells a command that npm started when it has lost npm.
 *
 * A signal that ends npm hard tells nothing to the command that it runs; that an orphan gets another parent, does, on Linux and macOS.
 * (Windows keeps a lost parent's number: there, nothing is told.) The script has to begin with `exec`, so that npm, and no shell, is the
 * parent: a shell that waits for a command would also keep npm's SIGINT from it.
 *
 * Plain JavaScript, as `setup.mjs` needs it before there are any packages.
 */

const POLL_MS = 500;

/**
 * Calls `lost` once npm is gone, unless the function that it returns was called before. Never calls it for a command that npm did not
 * start: whoever starts that in the background and leaves wants it to stay. It keeps no process alive.
 *
 * @param {() => void} lost
 * @returns {() => void}
 */
export function whenSupervisorIsLost(lost) {
  return process.env.npm_lifecycle_event === undefined ? () => {} : whenParentIsLost(lost);
}

/**
 * As {@link whenSupervisorIsLost}, for a process that goes with whatever started it.
 *
 * @param {() => void} lost
 * @returns {() => void}
 */
export function whenParentIsLost(lost) {
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(poll);
      lost();
    }
  }, POLL_MS).unref();
  return () => clearInterval(poll);
}
