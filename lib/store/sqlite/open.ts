/** Opens a SQLite file the way this store needs it: private, durable, migrated. */
import { DatabaseSync } from "node:sqlite";
import { migrate } from "../migrations/migrate.ts";
import type { Report } from "../migrations/migration.ts";
import { anyAccount, setForWorkspace, storedName } from "../operations/parts/beginnings.ts";
import { nameHistory } from "../operations/parts/epoch.ts";
import { runInTransaction } from "../transaction.ts";
import { SQLITE_DIALECT } from "./driver.ts";
import { HighWater, isContinued, readHighWaterMark } from "./high_water.ts";
import { SqliteTransaction } from "./transaction.ts";

/** Milliseconds to wait for another process (a backup, a shell) that holds the lock. */
const BUSY_TIMEOUT = 5000;

/**
 * For the one connection that writes. synchronous=FULL with WAL syncs the log at each commit: with
 * NORMAL, a power failure would lose acknowledged messages.
 * secure_delete: what is taken away, such as the texts and names of somebody who was erased, is
 * overwritten at once; else it stays in the file's free space, and goes with it into backups.
 */
export const WRITER_PRAGMAS = `
  PRAGMA busy_timeout = ${BUSY_TIMEOUT};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA cache_size = -32768;`;

export const READER_PRAGMAS = `
  PRAGMA busy_timeout = ${BUSY_TIMEOUT};
  PRAGMA query_only = ON;
  PRAGMA cache_size = -32768;`;

/** A database that is ready, with its name and its history's name. */
export interface Prepared {
  /** It has accounts. */
  inhabited: boolean;
  instance: string;
  epoch: string;
  /** What staff have set. */
  workspace: Record<string, unknown>;
  /** It is not the one last written here, and has been given a new epoch. */
  replaced: boolean;
}

/**
 * Creates the file if there is none, migrates it, and gives it a new epoch if it is not the one
 * this server wrote last, so that it is ready for the Workers. Runs on the caller's thread, which
 * has nothing else to do yet: that takes a few milliseconds, a Worker forty. Throws a plain Error
 * with the reason if the database cannot be used.
 */
export async function prepareDatabase(
  path: string,
  newEpoch: string,
  report?: Report,
): Promise<Prepared> {
  const mark = readHighWaterMark(path);
  const transaction = await openWriter(path, newEpoch, report);
  try {
    const { driver, highWater } = transaction;
    const known = {
      inhabited: await anyAccount(driver),
      instance: await storedName(driver, "instance"),
      workspace: await setForWorkspace(driver),
    };
    if (highWater === null || isContinued(mark, highWater.mark)) {
      return { ...known, epoch: await storedName(driver, "epoch"), replaced: false };
    }
    const isNew = highWater.mark.epoch === newEpoch;
    highWater.rename(newEpoch);
    await runInTransaction(transaction, (db) => nameHistory(db, newEpoch));
    return { ...known, epoch: newEpoch, replaced: !isNew };
  } finally {
    transaction.close();
  }
}

export async function openWriter(
  path: string,
  newEpoch: string,
  report?: Report,
): Promise<SqliteTransaction> {
  createPrivately(path);
  const db = new DatabaseSync(path);
  try {
    db.exec(WRITER_PRAGMAS);
    const transaction = new SqliteTransaction(db, "BEGIN IMMEDIATE");
    await migrate({
      dialect: SQLITE_DIALECT,
      transaction: (step) => runInTransaction(transaction, step),
      epoch: newEpoch,
      ...(report === undefined ? {} : { report }),
    });
    const name = await storedName(transaction.driver, "epoch");
    transaction.highWater = new HighWater(db, path, name);
    return transaction;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** A connection that cannot write, so that reads go on while writes wait or fail. */
export function openReader(path: string): SqliteTransaction {
  const db = new DatabaseSync(path, { readOnly: true });
  db.exec(READER_PRAGMAS);
  return new SqliteTransaction(db, "BEGIN");
}

/**
 * SQLite would make the file readable for everybody on the machine; its log and shared memory
 * take the file's mode. A file that exists keeps the mode its operator gave it, and is not touched:
 * to close a file drops all locks that this process has on it (POSIX, `fcntl`), those of its other
 * connections, too. The next program to look into the database would take itself for the only one,
 * and delete the log into which we go on writing.
 */
function createPrivately(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}
