import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { projectName } from "./configuration";

/** One run of a program in Pulumi's mock runtime. */
export interface MockRun {
  stack: string;
  /** Full keys and their values, as `stackConfiguration` gives them. */
  config: Record<string, string>;
  /** What creates resources and answers function calls. */
  mocks: pulumi.runtime.Mocks;
  /** Sees each resource's options, which do not reach the mocks. */
  onRegistration?: (args: pulumi.ResourceTransformationArgs) => void;
}

/**
 * Runs a Pulumi program without an engine: `mocks` make the resources, in dependency order, and this returns when all have settled.
 *
 * @returns What the program returns, resolved: the stack's outputs.
 * @throws What the program throws, or the first error of the mocks.
 */
export function runInMockRuntime(program: () => unknown, run: MockRun): Promise<Record<string, unknown>> {
  return withoutStackTraces(
    () =>
      new Promise((done, failed) => {
        const guarded = new GuardedMocks(run.mocks, failed);
        runWith(guarded, program, run).then(done, failed);
      }),
  );
}

/** Pulumi writes a stack trace for each promise of a program, thousands of them: half of the time of a run, for traces that nobody reads. */
async function withoutStackTraces<T>(work: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function runWith(guarded: GuardedMocks, program: () => unknown, run: MockRun): Promise<Record<string, unknown>> {
  await pulumi.runtime.setMocks(guarded, projectName(), run.stack, false);
  pulumi.runtime.setAllConfig(run.config);
  let outputs: unknown;
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation((args) => {
      run.onRegistration?.(args);
      return undefined;
    });
    outputs = await guarded.guard(program);
  });
  await pulumi.runtime.disconnect();
  return new Promise((done) => {
    pulumi.output(outputs as pulumi.Inputs | undefined).apply((values) => done(values ?? {}));
  });
}

/**
 * Mocks that report the first failure, and then keep silent: what waits for a failed resource waits for good, as nothing can mend it.
 * Were it to fail too, Pulumi would reject promises that nobody awaits, and Node would end the process.
 */
class GuardedMocks implements pulumi.runtime.Mocks {
  private readonly underWay = new Set<Promise<unknown>>();
  private failed = false;

  constructor(
    private readonly mocks: pulumi.runtime.Mocks,
    private readonly report: (error: unknown) => void,
  ) {}

  newResource(args: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult> {
    return this.guard(() => this.mocks.newResource(args));
  }

  call(args: pulumi.runtime.MockCallArgs): Promise<pulumi.runtime.MockCallResult> {
    return this.guard(() => this.mocks.call(args));
  }

  async guard<T>(work: () => T | Promise<T>): Promise<T> {
    if (!this.failed) {
      try {
        const result = Promise.resolve(work());
        this.underWay.add(result);
        return await result.finally(() => this.underWay.delete(result));
      } catch (error) {
        await this.fail(error);
      }
    }
    return new Promise<never>(() => {});
  }

  /** Reports once all that was begun has ended, so that nothing is made behind the caller's back. */
  private async fail(error: unknown): Promise<void> {
    if (!this.failed) {
      this.failed = true;
      await Promise.allSettled(this.underWay);
      await setImmediate();
      // Takes those that now wait for good off Pulumi's list, which it would print when the process ends.
      pulumi.runtime.terminateRpcs();
      this.report(error);
    }
  }
}

/** The logical name of the provider behind a reference of the mock runtime, which is `urn::id`; undefined for the default provider. */
export function providerName(reference: string | undefined): string | undefined {
  return reference === undefined || reference === "" ? undefined : reference.split("::").at(-2);
}
