/**
 * A connection that runs transactions one after another. The group commit (`commit/batch.ts`) needs
 * no more from a database than this, so it serves any. Knows no operation; `driver.ts` says how
 * statements run inside a transaction.
 *
 * Several transactions at once need several of these, one for each connection of a pool.
 */
import type { Driver } from "./driver.ts";

export interface Transaction {
  /** Runs statements in the open transaction. */
  readonly driver: Driver;
  readonly failures: Failures;
  /**
   * `open`: statements can run. `aborted`: only a rollback can run, whole or to a savepoint, as
   * after a failed statement in PostgreSQL. `none`: nothing has begun, or the database has rolled
   * back by itself, as SQLite does on a full disk.
   */
  readonly state: "none" | "open" | "aborted";
  /** How many write statements were started on this connection; only ever rises. */
  readonly writes: number;

  begin(): Promise<void>;
  /**
   * Resolves when everything is durable. Rejects otherwise, even if the database "commits" an
   * aborted transaction by undoing it (PostgreSQL answers such a COMMIT with ROLLBACK).
   */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** There is one savepoint at a time: each is released before the next. */
  savepoint(): Promise<void>;
  rollbackToSavepoint(): Promise<void>;
  releaseSavepoint(): Promise<void>;

  /**
   * Whether another connection may have written since the last call. False only if certain: what
   * was read in an earlier transaction is then still true.
   */
  othersWrote(): boolean;
}

/** What one database's errors mean. */
export interface Failures {
  /**
   * `operation`: the operation that threw is to blame, and fails alone. `conflict`: another
   * transaction was in the way (a deadlock, a serialization failure); nothing was kept, and the
   * same may be run again. `storage`: the database itself failed, so the whole batch does.
   */
  kindOf(thrown: unknown): "operation" | "conflict" | "storage";
  /** For the log: no values, no parameters. */
  describe(thrown: unknown): string;
}

/** Runs one step in its own transaction, and undoes it if it throws. */
export async function runInTransaction(
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
