/** The store's driver over one SQLite connection (`node:sqlite`), for use inside a Worker. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Dialect, Driver, Value } from "../driver.ts";

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

interface Prepared {
  statement: StatementSync;
  writes: boolean;
}

/**
 * Each statement is prepared once. Returned promises are already settled, so operations run without
 * anything else in between.
 */
export class SqliteDriver implements Driver {
  /** How many write statements were started; only ever rises. */
  writes = 0;
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  // The casts: node:sqlite cannot know what a statement selects; the caller declares it
  // (driver.ts).

  all<Row>(sql: string, parameters: readonly Value[]): Promise<Row[]> {
    return settled(() => this.#prepare(sql).all(...parameters) as Row[]);
  }

  get<Row>(sql: string, parameters: readonly Value[]): Promise<Row | undefined> {
    return settled(() => this.#prepare(sql).get(...parameters) as Row | undefined);
  }

  run(sql: string, parameters: readonly Value[]): Promise<number> {
    return settled(() => Number(this.#prepare(sql).run(...parameters).changes));
  }

  insert(sql: string, parameters: readonly Value[]): Promise<number> {
    return settled(() => Number(this.#prepare(sql).run(...parameters).lastInsertRowid));
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

  #prepare(sql: string): StatementSync {
    let prepared = this.#prepared.get(sql);
    if (prepared === undefined) {
      prepared = { statement: this.#db.prepare(sql), writes: !/^\s*SELECT\b/i.test(sql) };
      this.#prepared.set(sql, prepared);
    }
    if (prepared.writes) this.writes += 1;
    return prepared.statement;
  }
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
