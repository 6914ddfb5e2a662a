/**
 * One program for one folder of data: two that write the same database would each tell only their
 * own people of a message. The locks are advisory ones of the system on files of their own, which
 * a crash releases, and which SQLite's do not meet. It knows files, no database.
 */
import { dirname } from "node:path";
import type { Config } from "./config/config.ts";
import { demandPermission, StartError } from "./data_folder.ts";

/** The data folder for its secret, the database for its messages; each may be set by itself. */
interface Place {
  file: string;
  /** As the operator knows it. */
  name: string;
  setting: string;
}

export interface DataLock extends Disposable {
  /** Files that could not be locked, since their file system keeps no locks. */
  readonly unprotected: readonly string[];
}

/**
 * Takes the data folder and the database for this process until it ends or lets go. The folders
 * must be there. Throws `StartError`, which names the process that has them. Files are used
 * synchronously: the start has nothing else to do, and a way through the runtime's threads takes a
 * millisecond each time.
 */
export async function lockData(config: Config, pid: number): Promise<DataLock> {
  const held: Deno.FsFile[] = [];
  const unprotected: string[] = [];
  const release = () => held.splice(0).forEach((file) => file.close());
  try {
    for (const place of placesOf(config)) {
      // The database may be a link to a folder that the settings do not name.
      await demandPermission(dirname(place.file));
      const file = Deno.openSync(place.file, {
        create: true,
        read: true,
        write: true,
        mode: 0o600,
      });
      held.push(file);
      const locked = tryLock(file);
      if (locked === false) throw inUse(place, holder(file));
      if (locked === null) unprotected.push(place.file);
      writeHolder(file, pid);
    }
  } catch (error) {
    release();
    throw error;
  }
  return { unprotected, [Symbol.dispose]: release };
}

/** `null` where the file system keeps no locks. */
function tryLock(file: Deno.FsFile): boolean | null {
  try {
    return file.tryLockSync(true);
  } catch {
    return null;
  }
}

function placesOf({ dataDir, database }: Config): Place[] {
  // A link to the database must lead to the same lock as its own name.
  const path = realPath(database.path);
  return [
    { file: `${dataDir}/confab.lock`, name: `the folder ${dataDir}`, setting: "CONFAB_DATA_DIR" },
    { file: `${path}.lock`, name: `the database ${database.path}`, setting: "DATABASE_URL" },
  ];
}

function inUse({ name, setting }: Place, pid: string | null): StartError {
  const program = pid === null ? "another program" : `the process ${pid}`;
  return new StartError(
    `A Confab is running already (${program}) and has ${name}: stop it first, or choose another ` +
      `place with ${setting}.`,
  );
}

function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path; // not there yet
  }
}

function holder(file: Deno.FsFile): string | null {
  const bytes = new Uint8Array(16);
  const read = file.readSync(bytes) ?? 0;
  return /^\d+/.exec(new TextDecoder().decode(bytes.subarray(0, read)))?.[0] ?? null;
}

function writeHolder(file: Deno.FsFile, pid: number): void {
  file.truncateSync(0);
  file.writeSync(new TextEncoder().encode(`${pid}\n`));
}
