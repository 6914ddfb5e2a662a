/**
 * Which rows name bytes that are kept elsewhere (`lib/files/blobs.ts`): of a running chat whatever no
 * row names is swept, and the operator's commands copy and check what rows name. A column that names
 * blobs is to be added here: a test holds this list against the schema.
 */
import type { Driver } from "../../driver.ts";
import { allInList, LIST } from "./lists.ts";

export interface BlobColumn {
  table: string;
  column: string;
  /** The column with its bytes, if there is one: then they must be as many. */
  size: string | null;
  /** Of the rows that name one. */
  where: string;
  /** What is kept beside it, and of which of these rows: a thumbnail is `KEY-t`. */
  beside: { suffix: string; where: string } | null;
  /** How a row is named in a sentence. */
  row: string;
}

export const BLOB_COLUMNS: readonly BlobColumn[] = [
  {
    table: "files",
    column: "key",
    size: "size",
    where: "state = 'ready'",
    beside: { suffix: "-t", where: "thumbnail = 1" },
    row: "A file",
  },
  {
    table: "custom_emoji",
    column: "blob",
    size: "size",
    where: "1 = 1",
    beside: null,
    row: "A custom emoji",
  },
  {
    table: "link_previews",
    column: "blob",
    size: null,
    where: "blob IS NOT NULL",
    beside: null,
    row: "A preview of a link",
  },
];

/** Of these keys, those that a row names, in whatever state it is. */
export async function blobsOfRows(db: Driver, keys: readonly string[]): Promise<Set<string>> {
  const named = new Set<string>();
  if (keys.length === 0) return named;
  for (const { table, column } of BLOB_COLUMNS) {
    const rows = await allInList<{ key: string }>(
      db,
      `SELECT ${column} AS key FROM ${table} WHERE ${column} IN (${LIST})`,
      [],
      keys,
    );
    for (const { key } of rows) named.add(key);
  }
  return named;
}

/** Of these keys, those of uploads that may go on. */
export async function openUploads(db: Driver, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await allInList<{ key: string }>(
    db,
    `SELECT key FROM files WHERE state = 'uploading' AND key IN (${LIST})`,
    [],
    keys,
  );
  return new Set(rows.map(({ key }) => key));
}
