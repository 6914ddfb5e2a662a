/**
 * Puts a backup in a database's place, so that a crash leaves the one or the other. The caller keeps
 * servers away meanwhile, and has looked at what is replaced.
 */
import { DatabaseSync } from "node:sqlite";
import { migrate } from "../migrations/migrate.ts";
import type { Report } from "../migrations/migration.ts";
import { nameHistory } from "../operations/parts/epoch.ts";
import { runInTransaction } from "../transaction.ts";
import { copyFile, type CopyProgress, makeOneFile, syncToDisk } from "./copy_file.ts";
import { SQLITE_DIALECT } from "./driver.ts";
import { prepareDatabase } from "./open.ts";
import { isLocked } from "./sentences.ts";
import { SqliteTransaction } from "./transaction.ts";
import { refusalOf, type SqliteUpkeep } from "./upkeep.ts";

export interface RestoreOptions {
  from: SqliteUpkeep;
  /** The database's path; its folder must exist. */
  to: string;
  epoch: string;
  progress: CopyProgress;
  report: Report;
  /** Changes the copy before it takes its place. */
  adapt?(db: DatabaseSync): void;
}

export async function restoreFile(options: RestoreOptions): Promise<void> {
  const { to, epoch } = options;
  const copy = `${to}.restoring`;
  removeDatabase(copy);
  Deno.openSync(copy, { createNew: true, write: true, mode: 0o600 }).close();
  try {
    await copyFile(options.from.db, copy, options.progress);
    await bringUpToDate(copy, options);
    await makeOneFile(copy);
    foldLog(to);
    // From here on a crash leaves what was restored.
    Deno.renameSync(copy, to);
    await syncToDisk(folderOf(to));
  } catch (thrown) {
    removeDatabase(copy);
    throw refusalOf(thrown, copy);
  }
  await prepareDatabase(to, epoch);
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : ".";
}

async function bringUpToDate(
  path: string,
  { epoch, report, adapt }: RestoreOptions,
): Promise<void> {
  const db = new DatabaseSync(path);
  try {
    db.exec("PRAGMA foreign_keys = ON");
    const transaction = new SqliteTransaction(db, "BEGIN IMMEDIATE");
    const within = (step: Parameters<typeof runInTransaction>[1]) =>
      runInTransaction(transaction, step);
    await migrate({ dialect: SQLITE_DIALECT, transaction: within, epoch, report });
    await within((driver) => nameHistory(driver, epoch));
    adapt?.(db);
  } finally {
    db.close();
  }
}

/**
 * Puts the old database's log into the database: it would be read as the new one's. The log of one
 * too damaged for that is put aside, as `.replaced-wal`.
 */
function foldLog(path: string): void {
  if (!exists(path)) return removeDatabase(path);
  try {
    const db = new DatabaseSync(path);
    try {
      db.exec("PRAGMA busy_timeout = 2000; PRAGMA journal_mode = DELETE");
    } finally {
      db.close();
    }
  } catch (thrown) {
    if (isLocked(thrown)) throw refusalOf(thrown, path);
  }
  if (exists(`${path}-wal`)) Deno.renameSync(`${path}-wal`, `${path}.replaced-wal`);
  remove(`${path}-shm`);
  remove(`${path}-journal`);
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) remove(path + suffix);
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
