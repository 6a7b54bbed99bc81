import { PROFILES_KEY } from "../../common/uploads";
import { UserError } from "../../stack/command";
import type { Stack } from "../../stack/stack";
import type { ExportRow } from "./export-text";
import { type InstructorFile, instructorFiles, isUnfinished, isWaiting } from "./instructor-files";
import type { Person } from "./names";
import { type Entry, instructorsNamed, isBehind, searchDocuments, searchItems, searchRecords, type Wanted } from "./shown";
import { allItems, type ExportInForce, exportInForce, type Item, rejectedFiles } from "./table";
import { isExport, type Listed, listUploads, type Searched, searchUploads } from "./uploads";

/** Everything that a stack holds of a person. */
export interface Found {
  person: Person;
  /** The uploads that hold something. */
  uploads: Searched[];
  table: Entry[];
  documents: Entry[];
  /** Whom the entries were looked for by. */
  wanted: Wanted;
  /** Rows of others in the export in force: they may show the same short name. */
  others: ExportRow[];
  inForce: ExportInForce | undefined;
  /** All uploads when this was found. */
  listed: Listed[];
  /** Profiles and rosters in force from which the person has to go, rosters first. */
  instructorFiles: InstructorFile[];
  /** What is on record of rejected files, and quotes an id of theirs. */
  records: Item[];
}

/**
 * Looks for a person in uploads, table and documents.
 *
 * Names are whole in uploads alone; so what table and documents show is found by the person's rows of the export in force.
 *
 * @param known Whom to look for in table and documents beside those: what an earlier search went by.
 * @throws UserError When an export is still to be processed, or the one in force is no longer in the bucket.
 */
export async function search(stack: Stack, person: Person, known: Wanted = { rows: [], instructors: [] }): Promise<Found> {
  const listed = await listUploads(stack);
  const items = await allItems(stack);
  const inForce = exportInForce(items);
  requireProcessed(listed, items, inForce);
  const instructors = [...known.instructors, ...instructorsNamed(items, person)];
  const ids = [...new Set(instructors.map(({ id }) => id))];
  const searched = await searchUploads(stack, listed, person, ids);
  const current = searched.find((upload) => isInForce(upload, inForce))?.search;
  const wanted = { rows: [...known.rows, ...(current?.rows ?? [])], instructors };
  const uploads = searched.filter(({ holds }) => holds !== undefined);
  const waiting = uploads.find((upload) => isWaiting(upload, items));
  if (waiting !== undefined) {
    throw notProcessedYet(waiting);
  }
  const records = searchRecords(items, ids);
  return {
    person,
    uploads,
    wanted,
    inForce,
    listed,
    others: current?.others ?? [],
    table: [...searchItems(items, wanted), ...records.map(({ entry }) => entry)],
    documents: await searchDocuments(stack, wanted),
    instructorFiles: instructorFiles(items, listed, ids),
    records: records.map(({ item }) => item),
  };
}

/** Whether an upload is the export in force, and not another one of the same key. */
export function isInForce({ key, etag }: Listed, inForce: ExportInForce | undefined): boolean {
  return key === inForce?.key && etag === inForce.etag;
}

/** Whether nothing is left: no upload holds the person, and what is shown under a short name is someone else's. */
export function isClean({ uploads, table, documents, others }: Found): boolean {
  return uploads.length === 0 && [...table, ...documents].every((entry) => isBehind(others, entry));
}

/** Whether nothing at all was found. */
export function isNobody({ uploads, table, documents }: Found): boolean {
  return uploads.length + table.length + documents.length === 0;
}

function requireProcessed(listed: Listed[], items: Item[], inForce: ExportInForce | undefined): void {
  const rejected = rejectedFiles(items);
  const waiting = listed.find(
    ({ key, etag, modified }) => isExport(key) && modified > (inForce?.uploadedAt ?? 0) && !rejected.has(`${key} ${etag}`),
  );
  if (waiting !== undefined) {
    throw notProcessedYet(waiting);
  }
  if (isUnfinished(items)) {
    throw notProcessedYet({ key: PROFILES_KEY });
  }
  const isThere = inForce === undefined || listed.some((upload) => isInForce(upload, inForce));
  if (!isThere && items.some(({ SK }) => SK.startsWith("LESSON#"))) {
    throw new UserError(`${inForce.key}, the export in force, is no longer in the bucket: upload a current export first, then try again`);
  }
}

function notProcessedYet({ key }: { key: string }): UserError {
  return new UserError(`${key} is not processed yet: try again in a minute; if it stays so, see the failure queue (npm run redrive)`);
}
