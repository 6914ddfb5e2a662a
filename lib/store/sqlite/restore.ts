/**
 * Puts a backup in a database's place, so that a crash leaves the one or the other. The caller keeps
 * servers away meanwhile, and has looked at what is replaced.
 */
import { DatabaseSync } from "node:sqlite";
import type { Driver } from "../driver.ts";
import type { Report } from "../migrations/migration.ts";
import { nameHistory } from "../operations/parts/epoch.ts";
import { copyFile, type CopyProgress, makeOneFile, syncToDisk } from "./copy_file.ts";
import { bringUpToDate, removeDatabase, removeFile } from "./fresh_file.ts";
import { prepareDatabase } from "./open.ts";
import { isLocked } from "./sentences.ts";
import { refusalOf, type SqliteUpkeep } from "./upkeep.ts";

export interface RestoreOptions {
  from: SqliteUpkeep;
  /** The database's path; its folder must exist. */
  to: string;
  epoch: string;
  progress: CopyProgress;
  report: Report;
  /** Changes the copy, in a transaction, before it takes its place. */
  adapt(db: Driver): Promise<void>;
}

export async function restoreFile(options: RestoreOptions): Promise<void> {
  const { to, epoch } = options;
  const copy = `${to}.restoring`;
  removeDatabase(copy);
  Deno.openSync(copy, { createNew: true, write: true, mode: 0o600 }).close();
  try {
    await copyFile(options.from.db, copy, options.progress);
    await bringUpToDate(copy, options, async (db) => {
      await nameHistory(db, epoch);
      await options.adapt(db);
    });
    await putInPlace(copy, to, epoch);
  } catch (thrown) {
    removeDatabase(copy);
    throw refusalOf(thrown, copy);
  }
}

/**
 * Gives a complete database its name. Until it returns, the name is that of what was there or of
 * the new one; afterwards a server finds the history `epoch` there and takes it as its own.
 */
export async function putInPlace(file: string, to: string, epoch: string): Promise<void> {
  const folder = to.includes("/") ? to.slice(0, to.lastIndexOf("/")) || "/" : ".";
  await makeOneFile(file);
  giveTo(exists(to) ? to : folder, file);
  foldLog(to);
  Deno.renameSync(file, to);
  await syncToDisk(folder);
  await prepareDatabase(to, epoch);
}

/** A command that root calls must not leave a file which the server's user cannot open. */
export function giveTo(owned: string, file: string): void {
  const [{ uid, gid }, { uid: own }] = [Deno.statSync(owned), Deno.statSync(file)];
  if (uid === null || gid === null || uid === own) return;
  try {
    Deno.chownSync(file, uid, gid);
  } catch {
    // Only root may; and whoever else put it there has a reason for another owner.
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
  removeFile(`${path}-shm`);
  removeFile(`${path}-journal`);
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
