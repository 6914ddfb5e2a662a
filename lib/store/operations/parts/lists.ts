/**
 * Queries over a list of values, without a statement for each length: the list is split into
 * portions of one fixed size, the last filled up by repetition. Each statement is prepared once.
 */
import type { Driver, Value } from "../../driver.ts";

/** How many values a list has room for. */
export const PORTION = 16;

/** `?, ?, …` for the list's place in the statement: `IN (${LIST})`. */
export const LIST = Array(PORTION).fill("?").join(", ");

/**
 * The rows for every value. `sql` has one `IN (${LIST})`, after the parameters in `first`.
 * Rows come portion by portion, so an order holds within a portion only.
 */
export async function allInList<Row>(
  db: Driver,
  sql: string,
  first: readonly Value[],
  values: readonly Value[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const portion of portions(values)) {
    rows.push(...await db.all<Row>(sql, [...first, ...portion]));
  }
  return rows;
}

/** The same for a statement that writes: for `IN`, a value that is repeated counts once. */
export async function runInList(
  db: Driver,
  sql: string,
  first: readonly Value[],
  values: readonly Value[],
): Promise<void> {
  for (const portion of portions(values)) await db.run(sql, [...first, ...portion]);
}

function* portions(values: readonly Value[]): Iterable<Value[]> {
  for (let start = 0; start < values.length; start += PORTION) {
    const portion = values.slice(start, start + PORTION);
    yield filled(portion);
  }
}

/** The parameters for `LIST`, of 1 to 16 values. */
export function filled(values: readonly Value[]): Value[] {
  const all = values.slice();
  while (all.length < PORTION) all.push(values[0]!);
  return all;
}
