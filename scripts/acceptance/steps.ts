import { Listr } from "listr2";

/** One step of several: its work is told how to show what it is at, and returns what came of it, for people. */
export interface Step<Progress> {
  title: string;
  work: (progress: Progress, say: (line: string) => void) => Promise<string>;
}

/**
 * Takes steps one after the other, and shows how far it is.
 *
 * @param interrupted No step is begun after that, and one that fails then was interrupted.
 * @param consequence What happens on an interruption, for people: shown at once, as a step may have to finish something first.
 */
export async function takeSteps<Progress>(steps: Step<Progress>[], interrupted: AbortSignal, consequence: string): Promise<void> {
  const tasks = steps.map(({ title, work }) => ({
    title,
    task: async (progress: Progress, task: { title: string; output: string }) => {
      interrupted.throwIfAborted();
      const started = Date.now();
      const say = (line: string) => {
        // A terminal shows the last line alone; anything else would keep all of Pulumi's.
        if (process.stdout.isTTY && line !== "" && !interrupted.aborted) {
          task.output = line;
        }
      };
      const tell = () => {
        task.output = consequence;
      };
      interrupted.addEventListener("abort", tell);
      const said = await work(progress, say)
        .catch((error) => {
          interrupted.throwIfAborted();
          throw error;
        })
        .finally(() => interrupted.removeEventListener("abort", tell));
      interrupted.throwIfAborted();
      task.title = `${title}: ${said}, ${((Date.now() - started) / 1000).toFixed(0)} s`;
    },
  }));
  // The signals are the caller's.
  const options = { ctx: {} as Progress, registerSignalListeners: false, fallbackRenderer: "simple" as const };
  await new Listr<Progress>(tasks, options).run();
}
