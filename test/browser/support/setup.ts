import { BrowserMissing } from "../../../scripts/chromium";
import { closeScreens } from "./screen";
import { resetWorld, startWorld, stopWorld } from "./world";

/** Once before all tests. */
export async function mochaGlobalSetup(): Promise<void> {
  try {
    await startWorld();
  } catch (error) {
    if (!(error instanceof BrowserMissing)) throw error;
    console.error(`The browser tests cannot run: ${error.message}.`);
    // Thrown, it would reach the reader as a stack trace of mocha's.
    process.exit(1);
  }
}

/** Once after all tests. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopWorld();
}

export const mochaHooks = {
  /** No test may leave a page that was refused something, asked another host, or failed in silence. */
  async afterEach(): Promise<void> {
    try {
      await closeScreens();
    } finally {
      await resetWorld();
    }
  },
};
