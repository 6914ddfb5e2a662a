/**
 * Copies a SQLite database, page by page, into another file. Used by backups and by what puts them
 * back; it knows no table.
 */
import { backup, DatabaseSync } from "node:sqlite";
import { refusalOf } from "./upkeep.ts";

/** Between two of these the progress is told: 16 MiB, some milliseconds. */
const PAGES_AT_ONCE = 4_096;

export interface CopyProgress {
  (copied: number, all: number): void;
}

/**
 * Writes what `from` holds now into the file `to`, which may be there if it is empty. It ends under
 * any load: the view is held open for as long as it takes, since a copy without one begins again
 * with each commit. The copy is one file, without a log beside it, and is on the disk.
 * @param emptied tables of which the copy is to hold nothing
 */
export async function copyFile(
  from: DatabaseSync,
  to: string,
  progress: CopyProgress,
  emptied: readonly string[] = [],
): Promise<void> {
  from.exec("BEGIN");
  try {
    from.prepare("SELECT count(*) FROM sqlite_master").get(); // a view begins with the first read
    await backup(from, to, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) =>
        progress(totalPages - remainingPages, totalPages),
    });
  } catch (thrown) {
    throw refusalOf(thrown, to);
  } finally {
    from.exec("ROLLBACK");
  }
  await makeOneFile(to, emptied);
}

/** The copy says of itself that it has a log: it is to be readable where none can be made. */
export async function makeOneFile(
  path: string,
  emptied: readonly string[] = [],
): Promise<void> {
  try {
    const db = new DatabaseSync(path);
    try {
      db.exec("PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON");
      for (const table of emptied) empty(db, table);
    } finally {
      db.close();
    }
    await syncToDisk(path);
  } catch (thrown) {
    throw refusalOf(thrown, path);
  }
}

/** One of an older schema may not be there. */
function empty(db: DatabaseSync, table: string): void {
  const found = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
  if (found.get(table) !== undefined) db.exec(`DELETE FROM ${table}`);
}

/** A file, or a folder after a file in it was renamed. */
export async function syncToDisk(path: string): Promise<void> {
  using file = await Deno.open(path);
  await file.sync();
}
