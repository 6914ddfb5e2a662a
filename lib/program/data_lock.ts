/**
 * Only one program per data folder: two that write the same database would each announce a message
 * only to their own clients. The locks are the system's advisory locks, on separate files; a crash
 * releases them, and SQLite's own locks do not conflict with them. It knows files, no database.
 */
import type { Config } from "./config/config.ts";
import { demandPermission, folderOf, StartError } from "./data_folder.ts";

/**
 * The data folder is locked for its secret, the database for its messages; each is set separately.
 */
interface Place {
  file: string;
  /** The name the operator knows it by. */
  name: string;
  setting: string;
}

export interface DataLock extends Disposable {
  /** Files that could not be locked, because their file system does not support locks. */
  readonly unprotected: readonly string[];
}

/**
 * Locks the data folder and the database for this process until it ends or releases them. The
 * folders must exist. Throws `StartError`, which names the process that holds them. Files are used
 * synchronously: startup has nothing else to do, and a trip through the runtime's threads takes a
 * millisecond each time.
 */
export function lockData(config: Config, pid: number): Promise<DataLock> {
  return lockPlaces(placesOf(config), pid);
}

/** Locks a SQLite database alone, for a command that is about it. Throws `StartError`. */
export function lockDatabase(path: string, pid: number): Promise<DataLock> {
  return lockPlaces([databasePlace(path)], pid);
}

async function lockPlaces(places: readonly Place[], pid: number): Promise<DataLock> {
  const held: Deno.FsFile[] = [];
  const unprotected: string[] = [];
  const release = () => held.splice(0).forEach((file) => file.close());
  try {
    for (const place of places) {
      // The database may be a symbolic link into a folder that the settings do not name.
      await demandPermission(folderOf(place.file));
      const file = openLock(place);
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

/** Mostly refused where somebody else, often root, has started Confab before. */
function openLock({ file, setting }: Place): Deno.FsFile {
  try {
    return Deno.openSync(file, { create: true, read: true, write: true, mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    throw new StartError(
      `Cannot write ${file} (${reason}): the folder and what is in it must belong to the user who ` +
        `runs Confab, or ${setting} chooses another place.`,
      { cause: error },
    );
  }
}

/** `null` if the file system does not support locks. */
function tryLock(file: Deno.FsFile): boolean | null {
  try {
    return file.tryLockSync(true);
  } catch {
    return null;
  }
}

function placesOf({ dataDir, database }: Config): Place[] {
  if (database.kind === "postgres") return []; // any number of nodes, and nothing in the folder
  return [
    { file: `${dataDir}/confab.lock`, name: `the folder ${dataDir}`, setting: "CONFAB_DATA_DIR" },
    databasePlace(database.path),
  ];
}

/** A symbolic link to the database must lead to the same lock as the database itself. */
function databasePlace(path: string): Place {
  return {
    file: `${realPath(path)}.lock`,
    name: `the database ${path}`,
    setting: "DATABASE_URL",
  };
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
    return path; // does not exist yet
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
