/**
 * Copies the chat's rows from one database into another, of whichever kind: a page at a time, in the
 * order of keys, so that it can go on where it stopped. Knows no file and no connection.
 */
import type { Driver, Value } from "../driver.ts";
import { DatabaseRefusal, type Row, type UpkeepDatabase } from "./database.ts";
import { COPIED, type CopiedTable } from "./tables.ts";

/** Rows in a statement: more gain nothing, fewer cost round trips. */
export const PAGE = 2_000;

/** How far a copy has come: which table, and the key of the last row that was written. */
export interface Position {
  table: number;
  after: readonly Value[] | null;
}

export const BEGINNING: Position = { table: 0, after: null };

export interface CopyOptions {
  from: UpkeepDatabase;
  /** The view that is copied. */
  view: Driver;
  to: UpkeepDatabase;
  start: Position;
  /** Stores a page, and where the copy then stands. */
  write(page: CopiedPage, then: Position): Promise<void>;
}

export interface CopiedPage {
  table: CopiedTable;
  columns: readonly string[];
  rows: readonly Row[];
}

export async function copyRows(options: CopyOptions): Promise<void> {
  const { from, to, view, start, write } = options;
  for (let index = start.table; index < COPIED.length; index++) {
    const table = COPIED[index]!;
    const columns = await sharedColumns(table, from, to);
    const after = index === start.table ? start.after : null;
    for await (const rows of pagesOf(view, table, columns, after)) {
      await write({ table, columns, rows }, { table: index, after: keyOf(table, rows.at(-1)!) });
    }
  }
}

/** By name. Both have the same schema: a difference would lose something. */
export async function sharedColumns(
  { name }: CopiedTable,
  from: UpkeepDatabase,
  to: UpkeepDatabase,
): Promise<string[]> {
  const [here, there] = [await from.columnsOf(name), await to.columnsOf(name)];
  if (here.join() === there.join()) return here;
  throw new DatabaseRefusal(
    `The table ${name} has other columns in ${to.name} than in ${from.name}.`,
  );
}

/** Every row after a key, in pages of a fixed size. */
export async function* pagesOf(
  db: Driver,
  { name, key, where = "1 = 1" }: CopiedTable,
  columns: readonly string[],
  start: readonly Value[] | null,
): AsyncGenerator<Row[]> {
  const order = key.join(", ");
  const select = (from: string) =>
    `SELECT ${
      columns.join(", ")
    } FROM ${name} WHERE ${where} ${from} ORDER BY ${order} LIMIT ${PAGE}`;
  const marks = key.map(() => "?").join(", ");
  let after = start;
  for (;;) {
    const rows: Row[] = after === null
      ? await db.all<Row>(select(""), [])
      : await db.all<Row>(select(`AND (${order}) > (${marks})`), after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = key.map((column) => last[column]!);
  }
}

function keyOf({ key }: CopiedTable, row: Row): Value[] {
  return key.map((column) => row[column]!);
}
