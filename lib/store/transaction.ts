/**
 * A connection on which transactions are run, one after the other. The group commit
 * (`commit/batch.ts`) asks for no more of a database than this, so that it serves every one.
 * Knows no operation; how statements are run inside a transaction is `driver.ts`.
 *
 * Several transactions at once need several of these, one for each connection of a pool.
 */
import type { Driver } from "./driver.ts";

export interface Transaction {
  /** Runs statements in the transaction that is open. */
  readonly driver: Driver;
  readonly failures: Failures;
  /**
   * `open`: statements can be run. `aborted`: only a rollback can be run, also to a savepoint, as
   * after a failed statement in PostgreSQL. `none`: nothing has begun, or the database has undone
   * everything by itself, as SQLite does on a full disk.
   */
  readonly state: "none" | "open" | "aborted";
  /** How many statements that write were started on this connection; only ever rises. */
  readonly writes: number;

  begin(): Promise<void>;
  /**
   * Resolves when everything is durable. Rejects otherwise, also where the database "commits" an
   * aborted transaction by undoing it (PostgreSQL answers such a COMMIT with ROLLBACK).
   */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** There is one savepoint at a time: each is released before the next. */
  savepoint(): Promise<void>;
  rollbackToSavepoint(): Promise<void>;
  releaseSavepoint(): Promise<void>;

  /**
   * Whether another connection may have written since this was last asked. False only where that
   * is certain: what was read in an earlier transaction is then still true.
   */
  othersWrote(): boolean;
}

/** How the errors of one database are to be read. */
export interface Failures {
  /**
   * `operation`: the one that threw is to blame, and fails alone. `conflict`: another transaction
   * was in the way (a deadlock, a serialization failure); nothing was kept, and the same may be run
   * again. `storage`: the database itself failed, so the whole batch does.
   */
  kindOf(thrown: unknown): "operation" | "conflict" | "storage";
  /** For the log: no values, no parameters. */
  describe(thrown: unknown): string;
}

/** Runs one step in a transaction of its own, and undoes it where it throws. */
export async function inTransaction(
  transaction: Transaction,
  step: (db: Driver) => Promise<void>,
): Promise<void> {
  await transaction.begin();
  try {
    await step(transaction.driver);
    await transaction.commit();
  } finally {
    if (transaction.state !== "none") await transaction.rollback();
  }
}
