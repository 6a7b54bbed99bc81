import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { execa } from "execa";
import { BUILT } from "../infrastructure/built";
import { run } from "../stack/command";
import { buildDeployables, whenChanged } from "../stack/deployables";

const ROOT = resolve(__dirname, "..");

/** Checks the types of all TypeScript, and makes all that the program deploys. */
export async function build(): Promise<void> {
  await Promise.all([checkTypes(), buildDeployables()]);
  console.log(`built ${BUILT.website}, ${BUILT.office}, ${BUILT.processor} and ${BUILT.fetcher}`);
}

/** Notes that the types are right, whoever has checked them: the next build does not. */
export async function noteTypes(): Promise<void> {
  await whenTypesChanged(() => {});
}

/** Checks the types, unless they were right and nothing has changed since. */
async function checkTypes(): Promise<void> {
  await whenTypesChanged(async () => {
    await execa("tsc", ["--noEmit"], { cwd: ROOT, preferLocal: true, stdio: "inherit" });
  });
}

async function whenTypesChanged(check: () => void | Promise<void>): Promise<void> {
  const { include }: { include: string[] } = JSON.parse(readFileSync(resolve(ROOT, "tsconfig.json"), "utf8"));
  await whenChanged("dist/types", [...include, "contract", "package-lock.json", "tsconfig.json"], check);
}

if (require.main === module) {
  run(build);
}
