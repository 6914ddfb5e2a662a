/** How checks read: one query's rows as sentences, and long tables page by page. */
import type { Driver, Value } from "../../driver.ts";

export interface Check {
  /** For programs that read the findings. */
  name: string;
  /** A sentence for each. */
  faults(db: Driver): AsyncIterable<string>;
}

/** A check whose query finds the faults, one a row. */
export function rowCheck<Row>(
  name: string,
  sql: string,
  sentence: (row: Row) => string,
): Check {
  return {
    name,
    async *faults(db) {
      for (const row of await db.all<Row>(`${sql} LIMIT 21`, [])) yield sentence(row);
    },
  };
}

/** Rows read at a time: a large database need not fit into memory. */
const PAGE = 1_000;

/**
 * Every row, a page at a time. The query has a `?` for the key after which a page begins, and is
 * ordered by it.
 */
export async function* pages<Row>(
  db: Driver,
  sql: string,
  keyOf: (row: Row) => Value,
  first: Value,
): AsyncGenerator<Row[]> {
  let after = first;
  for (;;) {
    const rows = await db.all<Row>(`${sql} LIMIT ${PAGE}`, [after]);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = keyOf(rows.at(-1)!);
  }
}
