/** The store's driver over one SQLite connection (`node:sqlite`), for use inside a Worker. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Dialect, Driver, Value } from "../driver.ts";
import { KeptShelf } from "../kept.ts";

export const SQLITE_DIALECT: Dialect = {
  database: "SQLite",
  identity: "INTEGER PRIMARY KEY",
  identityFromTwo: "INTEGER PRIMARY KEY",
  identityOnce: "INTEGER PRIMARY KEY AUTOINCREMENT",
  integer: "INTEGER",
  text: "TEXT",
  transactionNumber: "INTEGER NOT NULL DEFAULT 0",
  clock: "(CAST(unixepoch('subsec') * 1000 AS INTEGER))",
};

/** Gives rows as lists. Node has it; Deno has it too, and does not know its type. */
interface ListStatement extends Omit<StatementSync, "all" | "get"> {
  all(...parameters: Value[]): unknown[][];
  get(...parameters: Value[]): unknown[] | undefined;
  setReturnArrays(on: boolean): void;
}

interface Prepared {
  /** The binding's own objects cost half of a page's time. */
  statement: ListStatement;
  /** Made for the first row: most statements of a start have none. */
  toRow: ToRow | null;
  writes: boolean;
}

type ToRow = (values: readonly unknown[]) => unknown;

/**
 * Each statement is prepared once. Returned promises are already settled, so operations run without
 * anything else in between.
 */
export class SqliteDriver implements Driver {
  /** How many write statements were started; only ever rises. */
  writes = 0;
  /** One connection reads. */
  readonly shelf = new KeptShelf(1);
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  #version: Pick<StatementSync, "get"> | null = null;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** SQLite does not count what this connection itself has committed. */
  version(): Promise<number | null> {
    return settled(() => {
      if (this.writes > 0) return null;
      this.#version ??= this.#db.prepare("PRAGMA data_version");
      return Number(this.#version.get()?.data_version);
    });
  }

  // The casts: node:sqlite cannot know what a statement selects; the caller declares it
  // (driver.ts).

  all<Row>(sql: string, parameters: readonly Value[]): Promise<Row[]> {
    return settled(() => {
      const prepared = this.#prepare(sql);
      const rows = prepared.statement.all(...parameters);
      return (rows.length === 0 ? rows : rows.map(toRowOf(prepared))) as Row[];
    });
  }

  get<Row>(sql: string, parameters: readonly Value[]): Promise<Row | undefined> {
    return settled(() => {
      const prepared = this.#prepare(sql);
      const values = prepared.statement.get(...parameters);
      return values === undefined ? undefined : toRowOf(prepared)(values) as Row;
    });
  }

  run(sql: string, parameters: readonly Value[]): Promise<number> {
    return settled(() => Number(this.#prepare(sql).statement.run(...parameters).changes));
  }

  insert(sql: string, parameters: readonly Value[]): Promise<number> {
    return settled(() => Number(this.#prepare(sql).statement.run(...parameters).lastInsertRowid));
  }

  /** There is one writer at a time in the whole database. */
  lockRoom(): Promise<void> {
    return UNLOCKED;
  }

  lockUser(): Promise<void> {
    return UNLOCKED;
  }

  lockNames(): Promise<void> {
    return UNLOCKED;
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.#db.prepare(sql) as unknown as ListStatement;
      statement.setReturnArrays(true);
      prepared = { statement, toRow: null, writes: !/^\s*SELECT\b/i.test(sql) };
      this.#prepared.set(sql, prepared);
    }
    if (prepared.writes) this.writes += 1;
    return prepared;
  }
}

/**
 * Makes a row of its values, as an object whose shape is known: properties that are added one by one
 * by their names cost as much as reading them. The names stand in our own statements.
 */
function toRowOf(prepared: Prepared): ToRow {
  const properties = () =>
    prepared.statement.columns().map(({ name }, at) => `${JSON.stringify(name)}: values[${at}]`);
  return prepared.toRow ??= new Function("values", `return {${properties().join(", ")}};`) as ToRow;
}

const UNLOCKED = Promise.resolve();

/** Runs at once; an exception becomes a rejection. */
export function settled<T>(run: () => T): Promise<T> {
  try {
    return Promise.resolve(run());
  } catch (thrown) {
    return Promise.reject(thrown);
  }
}
