import type { Bucket } from "../aws/bucket";
import type { Table } from "../aws/table";
import type { Drafts } from "../drafts";
import type { FileKeep } from "../kept-files";

/** What a desk stands on. */
export interface Ground {
  table: Table;
  bucket: Bucket;
  drafts: Drafts;
  files: FileKeep;
  /** Who works at it. */
  email: string;
  /** Milliseconds since 1970. */
  now: () => number;
  delay: (milliseconds: number) => Promise<void>;
  /** IANA name of the school's. */
  timeZone: string;
  /** The largest file that is read. */
  maxUploadMib: number;
}
