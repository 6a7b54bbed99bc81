import { existsSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { filesBelow } from "./files";

/** What `npm run build` makes; relative to the repository's root, where Pulumi runs the program, so that no state holds a machine's paths. */
export const BUILT = { processor: "dist/processor", website: "dist/website", fetcher: "dist/fetcher", office: "dist/office" } as const;

/** The function's archive, with everything it needs, in its folder. */
export const PROCESSOR_ARCHIVE = "function.zip";

/** A built site: its folder, and its files as paths below it. */
export interface BuiltSite {
  folder: string;
  files: string[];
}

/**
 * The archive of the function.
 *
 * @throws pulumi.RunError When it was not built.
 */
export function builtProcessor(): string {
  return join(builtFolder(BUILT.processor, PROCESSOR_ARCHIVE), PROCESSOR_ARCHIVE);
}

/**
 * The folder that holds the bundled function that fetches exports.
 *
 * @throws pulumi.RunError When it was not built.
 */
export function builtFetcher(): string {
  return builtFolder(BUILT.fetcher, "index.js");
}

/**
 * The website's files, as paths relative to its folder, sorted.
 *
 * @throws pulumi.RunError When they were not built.
 */
export function builtWebsite(): BuiltSite {
  return builtSite(BUILT.website);
}

/**
 * The files of the office's page, likewise.
 *
 * @throws pulumi.RunError When they were not built.
 */
export function builtOffice(): BuiltSite {
  return builtSite(BUILT.office);
}

function builtSite(folder: string): BuiltSite {
  return { folder: builtFolder(folder, "index.html"), files: filesBelow(folder) };
}

function builtFolder(folder: string, witness: string): string {
  if (!existsSync(join(folder, witness))) {
    throw new pulumi.RunError(`${folder} is not there: run \`npm run build\` first`);
  }
  return folder;
}
