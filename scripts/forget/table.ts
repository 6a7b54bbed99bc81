import { type AttributeValue, paginateScan } from "@aws-sdk/client-dynamodb";
import type { Stack } from "../../stack/stack";

/** An item with plain values: its `PK` and `SK`, and whatever else it has. */
export type Item = Record<string, unknown> & { PK: string; SK: string };

/** The export in force, as the table has it. */
export interface ExportInForce {
  key: string;
  etag: string;
  /** Epoch milliseconds. */
  uploadedAt: number;
}

/** Every item of the table, some thousands at most. Those whose time is over are gone, though DynamoDB may take days to remove them. */
export async function allItems({ clients, outputs }: Stack): Promise<Item[]> {
  const items: Item[] = [];
  const pages = paginateScan({ client: clients.dynamodb }, { TableName: outputs.dataTableName, ConsistentRead: true });
  for await (const { Items = [] } of pages) {
    items.push(...Items.map((item) => plain({ M: item }) as Item));
  }
  const now = Date.now() / 1000;
  return items.filter(({ expires_at }) => expires_at === undefined || Number(expires_at) > now);
}

/** The export in force; undefined when there is none. */
export function exportInForce(items: Item[]): ExportInForce | undefined {
  const item = items.find(({ PK }) => PK === "SOURCE#orders");
  return item && { key: String(item.key), etag: String(item.etag), uploadedAt: Date.parse(String(item.uploaded_at)) };
}

/** Which files are on record as rejected: the key and the ETag of each, with a blank between. */
export function rejectedFiles(items: Item[]): Set<string> {
  return new Set(items.filter(({ PK }) => PK === "REJECTED").map(({ key, etag }) => `${key} ${etag}`));
}

function plain({ S, N, BOOL, L, M }: AttributeValue): unknown {
  if (L !== undefined) {
    return L.map(plain);
  }
  if (M !== undefined) {
    return Object.fromEntries(Object.entries(M).map(([key, value]) => [key, plain(value)]));
  }
  return S ?? (N === undefined ? (BOOL ?? null) : Number(N));
}
