/** Which bytes that are kept elsewhere a chat's rows name, for commands that copy or check them. */
import type { Driver } from "../driver.ts";
import { BLOB_COLUMNS, type BlobColumn } from "../operations/parts/kept_blobs.ts";
import type { UpkeepDatabase } from "./database.ts";

export interface NamedBlob {
  key: string;
  /** Bytes; null where no row says it. */
  size: number | null;
  /** "A file": what names it, for a sentence. */
  row: string;
}

const PAGE = 1_000;

interface Row {
  key: string;
  size: number | null;
  beside: number;
}

/** Every one, in no order; of an older schema those that it has. */
export async function* blobsNamedIn(
  database: Pick<UpkeepDatabase, "columnsOf">,
  db: Driver,
): AsyncGenerator<NamedBlob> {
  for (const each of BLOB_COLUMNS) {
    const columns = await database.columnsOf(each.table);
    if (!columns.includes(each.column)) continue;
    for await (const { key, size, beside } of rowsOf(each, db)) {
      yield { key, size, row: each.row };
      if (each.beside === null || beside === 0) continue;
      yield { key: `${key}${each.beside.suffix}`, size: null, row: `${each.row}'s small picture` };
    }
  }
}

async function* rowsOf(
  { table, column, size, where, beside }: BlobColumn,
  db: Driver,
): AsyncGenerator<Row> {
  for (let after = "";;) {
    const rows = await db.all<Row>(
      `SELECT ${column} AS key, ${size ?? "NULL"} AS size,
         CASE WHEN ${beside?.where ?? "1 = 0"} THEN 1 ELSE 0 END AS beside
       FROM ${table} WHERE ${where} AND ${column} > ? ORDER BY ${column} LIMIT ${PAGE}`,
      [after],
    );
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.key;
  }
}
