/** Whether two databases hold the same chat: of each table, how many rows and a digest of all. */
import type { Driver } from "../driver.ts";
import { pagesOf } from "./copy.ts";
import type { CopiedTable } from "./tables.ts";

export interface TableDigest {
  rows: number;
  /** SHA-256 over the rows in the order of their keys, hexadecimal. */
  digest: string;
}

/** @param columns in the same order on both sides */
export async function digestTable(
  db: Driver,
  table: CopiedTable,
  columns: readonly string[],
  read: (rows: number) => void,
): Promise<TableDigest> {
  let rows = 0;
  let digest = new Uint8Array(32);
  for await (const page of pagesOf(db, table, columns, null)) {
    const text = page.map((row) => JSON.stringify(columns.map((column) => row[column]))).join("\n");
    const bytes = new TextEncoder().encode(text);
    const chained = new Uint8Array(digest.length + bytes.length);
    chained.set(digest);
    chained.set(bytes, digest.length);
    digest = new Uint8Array(await crypto.subtle.digest("SHA-256", chained));
    rows += page.length;
    read(page.length);
  }
  return { rows, digest: digest.toHex() };
}
