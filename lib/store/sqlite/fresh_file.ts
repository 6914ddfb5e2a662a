/** Brings a SQLite file that no server uses to this program's schema: a new one, or a copy. */
import { DatabaseSync } from "node:sqlite";
import type { Driver } from "../driver.ts";
import { migrate } from "../migrations/migrate.ts";
import type { Report } from "../migrations/migration.ts";
import { runInTransaction } from "../transaction.ts";
import { SQLITE_DIALECT } from "./driver.ts";
import { SqliteTransaction } from "./transaction.ts";
import { refusalOf } from "./upkeep.ts";

export interface FreshFileOptions {
  /** The name of its history, if it has none. */
  epoch: string;
  report: Report;
}

/** @param then runs afterwards, in a transaction */
export async function bringUpToDate(
  path: string,
  { epoch, report }: FreshFileOptions,
  then: (db: Driver) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  try {
    const db = new DatabaseSync(path);
    try {
      // What is deleted from a copy, such as a secret, is not to be found in it.
      db.exec(
        "PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON",
      );
      const transaction = new SqliteTransaction(db, "BEGIN IMMEDIATE");
      const within = (step: (db: Driver) => Promise<void>) => runInTransaction(transaction, step);
      await migrate({ dialect: SQLITE_DIALECT, transaction: within, epoch, report });
      await within(then);
    } finally {
      db.close();
    }
  } catch (thrown) {
    throw refusalOf(thrown, path);
  }
}

export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) removeFile(path + suffix);
}

export function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
