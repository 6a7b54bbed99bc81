import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { asset } from "@pulumi/pulumi";
import { zipOf } from "../../stack/archive";
import { ARCHIVE, ASSET, isProperties, type Properties, SIGNATURE } from "./values";

/**
 * Turns the asset and archive objects of a program into the plain form in which the engine sends them.
 *
 * @throws For one whose content is neither a file, a folder nor a text.
 */
export async function plainAssets(inputs: Properties): Promise<Properties> {
  const entries = Object.entries(inputs).map(async ([key, value]) => [key, await plainAsset(key, value)]);
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * The bytes of an asset: of the file, or of the text, that it stands for.
 *
 * @throws When the file is missing.
 */
export async function assetBytes(value: unknown): Promise<Uint8Array> {
  if (isProperties(value) && typeof value.path === "string") {
    return readFile(value.path);
  }
  if (isProperties(value) && typeof value.text === "string") {
    return Buffer.from(value.text, "utf8");
  }
  throw new Error("an asset has to be a file or a text");
}

/**
 * The ZIP of an archive: a folder packed, the same bytes from the same files, or a `.zip` as it is.
 *
 * @throws When the folder is missing or empty.
 */
export async function archiveZip(value: unknown): Promise<Uint8Array> {
  if (!isProperties(value) || typeof value.path !== "string") {
    throw new Error("an archive has to be a folder or a .zip file");
  }
  if (value.path.endsWith(".zip")) {
    return readFile(value.path);
  }
  return zipOf(value.path);
}

/** SHA-256 in base 64, as Lambda states the hash of a function's code. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

async function plainAsset(key: string, value: unknown): Promise<unknown> {
  if (value instanceof asset.FileAsset) {
    return { [SIGNATURE]: ASSET, path: await value.path };
  }
  if (value instanceof asset.StringAsset) {
    return { [SIGNATURE]: ASSET, text: await value.text };
  }
  if (value instanceof asset.FileArchive) {
    return { [SIGNATURE]: ARCHIVE, path: await value.path };
  }
  if (asset.Asset.isInstance(value) || asset.Archive.isInstance(value)) {
    throw new Error(`local/provider knows no ${(value as object).constructor.name} (${key}): use a FileAsset, StringAsset or FileArchive`);
  }
  return value;
}
