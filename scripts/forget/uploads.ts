import { GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import type { Stack } from "../../stack/stack";
import { type ExportSearch, searchExport } from "./export-text";
import { isName, mentions, type Person } from "./names";

/** An object of the input bucket, as it is listed. */
export interface Listed {
  key: string;
  /** Without quotes. */
  etag: string;
  /** Epoch milliseconds, of a whole second. */
  modified: number;
}

/** An upload that was searched for a person. */
export interface Searched extends Listed {
  /** What it holds of the person, in a few words; undefined when nothing. */
  holds: string | undefined;
  /** Of an export: what was found in it. */
  search: ExportSearch | undefined;
}

/** Whether a key is that of an export. */
export const isExport = (key: string) => key.startsWith("orders/") && key.endsWith(".tsv");

/** Everything in the input bucket. */
export async function listUploads({ clients, outputs }: Stack): Promise<Listed[]> {
  const listed: Listed[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: clients.s3 }, { Bucket: outputs.inputBucketName })) {
    for (const { Key = "", ETag = "", LastModified } of Contents) {
      listed.push({ key: Key, etag: ETag.replaceAll('"', ""), modified: LastModified?.getTime() ?? 0 });
    }
  }
  return listed;
}

/**
 * Looks for a person in every upload, whatever it is.
 *
 * @param ids Of the instructors of that name.
 */
export async function searchUploads(stack: Stack, listed: Listed[], person: Person, ids: string[]): Promise<Searched[]> {
  const found: Searched[] = [];
  for (const upload of listed) {
    const text = await readText(stack, upload.key);
    const search = isExport(upload.key) ? searchExport(text, person) : undefined;
    found.push({ ...upload, search, holds: search === undefined ? textHolds(text, person, ids) : exportHolds(search) });
  }
  return found;
}

/** The text of an upload. */
export async function readText({ clients, outputs }: Stack, key: string): Promise<string> {
  const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: outputs.inputBucketName, Key: key }));
  return decoded((await Body?.transformToByteArray()) ?? new Uint8Array());
}

function exportHolds({ rows, mentions: spoken }: ExportSearch): string | undefined {
  const parts = [count(rows.length, "row"), count(spoken, "note")].filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** A file that is no export: it may be a list of instructors, a roster, or anything that was uploaded by mistake. */
function textHolds(text: string, { name, sponsor }: Person, ids: string[]): string | undefined {
  const strings = stringsOf(text);
  if ((sponsor === undefined && strings.some((value) => isName(value, name))) || mentions(text, name)) {
    return "the name";
  }
  return strings.some((value) => ids.includes(value)) ? "the id" : undefined;
}

/** The keys and values of a JSON text that are strings. */
function stringsOf(text: string): string[] {
  const strings: string[] = [];
  try {
    JSON.parse(text.replace("\uFEFF", ""), (key, value) => {
      strings.push(key, ...(typeof value === "string" ? [value] : []));
      return value;
    });
  } catch {
    return [];
  }
  return strings;
}

/** An upload that is not UTF-8 is rejected and kept, and holds names all the same: what Czech Windows programs write is tried then. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(isUtf16 ? "utf-16le" : "windows-1250").decode(bytes);
  }
}

function count(number: number, what: string): string {
  return number === 0 ? "" : `${number} ${what}${number === 1 ? "" : "s"}`;
}
