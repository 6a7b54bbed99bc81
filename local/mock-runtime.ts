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
export async function runInMockRuntime(program: () => unknown, run: MockRun): Promise<Record<string, unknown>> {
  const failures: unknown[] = [];
  await pulumi.runtime.setMocks(remembering(run.mocks, failures), projectName(), run.stack, false);
  pulumi.runtime.setAllConfig(run.config);

  let outputs: unknown;
  // What the dependants of a failed resource reject with, nobody awaits: the first failure is thrown below.
  const ignore = () => {};
  process.on("unhandledRejection", ignore);
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation((args) => {
        run.onRegistration?.(args);
        return undefined;
      });
      try {
        outputs = program();
      } catch (error) {
        failures.push(error);
      }
    });
    await pulumi.runtime.disconnect();
  } catch (error) {
    failures.push(error);
  } finally {
    // Rejections are told a turn after they happen.
    await setImmediate();
    process.off("unhandledRejection", ignore);
  }
  if (failures.length > 0) {
    throw failures[0];
  }
  return new Promise((done) => {
    pulumi.output(outputs as pulumi.Inputs | undefined).apply((values) => done(values ?? {}));
  });
}

/** The logical name of the provider behind a reference of the mock runtime, which is `urn::id`; undefined for the default provider. */
export function providerName(reference: string | undefined): string | undefined {
  return reference === undefined || reference === "" ? undefined : reference.split("::").at(-2);
}

function remembering(mocks: pulumi.runtime.Mocks, failures: unknown[]): pulumi.runtime.Mocks {
  const remember = async <T>(work: () => T | Promise<T>): Promise<T> => {
    // Nothing more is made once something failed.
    if (failures.length > 0) {
      throw failures[0];
    }
    try {
      return await work();
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  return {
    newResource: (args) => remember(() => mocks.newResource(args)) as Promise<pulumi.runtime.MockResourceResult>,
    call: (args) => remember(() => mocks.call(args)),
  };
}
