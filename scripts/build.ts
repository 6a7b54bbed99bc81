import { execa } from "execa";
import { BUILT } from "../infrastructure/built";
import { run } from "../stack/command";
import { buildDeployables } from "../stack/deployables";

/** Checks the types of all TypeScript, and makes all that the program deploys. */
export async function build(): Promise<void> {
  await Promise.all([execa("tsc", ["--noEmit"], { preferLocal: true, stdio: "inherit" }), buildDeployables()]);
  console.log(`built ${BUILT.website}, ${BUILT.processor} and ${BUILT.fetcher}`);
}

if (require.main === module) {
  run(build);
}
