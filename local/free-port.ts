import { createServer } from "node:net";

/** How many ports are tried. */
const TRIES = 3;

/**
 * Starts a program that listens on the port that it is told, which has to be a free one.
 *
 * One that is free now may be taken a moment later, before the program listens on it: then it is started on another.
 *
 * @param start Starts it on a port of 127.0.0.1.
 * @throws What `start` throws, but for a port that was taken.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (left === 0 || !/already in use/i.test(String(error))) {
        throw error;
      }
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? done(address.port) : failed(new Error("no free port"))));
    });
  });
}
