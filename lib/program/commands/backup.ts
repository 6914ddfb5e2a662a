/**
 * The command `backup`: the whole chat in one file, of one moment, and its files in a folder beside
 * it (`backup_files.ts`). It is written under another name and takes its own when it is complete and
 * has been examined.
 */
import { copyFile, makeOneFile, syncToDisk } from "../../store/sqlite/copy_file.ts";
import { bringUpToDate } from "../../store/sqlite/fresh_file.ts";
import { openSqliteUpkeep, type SqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { giveUpDeletedFiles } from "../../store/upkeep/deleted_files.ts";
import { noteBackup } from "../../store/upkeep/backed_up.ts";
import {
  countHoldings,
  type Holdings,
  keptSecretText,
  type UpkeepDatabase,
} from "../../store/upkeep/database.ts";
import type { Config } from "../config/config.ts";
import { demandPermission, folderOf } from "../data_folder.ts";
import { copyBefore, copyNamed, forgetOthers } from "./backup_files.ts";
import { copyWhole } from "./copying.ts";
import { type Call, CommandError, type Terminal } from "./command.ts";
import { requireVersion, withDatabase } from "./databases.ts";
import { countOf, createProgress, inGroups } from "./progress.ts";

export async function backupCommand({ config, operands, flags, terminal }: Call): Promise<number> {
  const file = operands[0]!; // the command line has counted them
  await demandPermission(folderOf(file));
  requirePlace(file, config, flags.has("replace"));
  using unfinished = claim(`${file}.unfinished`);
  const began = new Date();
  try {
    const withFiles = !flags.has("without-files");
    if (withFiles) await copyBefore(config, file, terminal);
    const database = { access: "read", version: "any" } as const;
    await withDatabase(config.database, database, (from) => write(from, unfinished.path, terminal));
    await forgetDeleted(unfinished.path);
    const { holdings, secret } = await examine(unfinished.path);
    const copy = unfinished.path;
    const about = withFiles ? await copyNamed(config, { copy, file }, terminal) : "";
    Deno.renameSync(unfinished.path, file);
    await syncToDisk(folderOf(file));
    if (withFiles) await forgetOthers(config, file);
    await noteInDatabase(config, began);
    terminal.print(report(file, holdings, began) + about);
    terminal.print(aboutSecret(config, secret));
    return 0;
  } catch (error) {
    Deno.removeSync(unfinished.path);
    throw error;
  }
}

/** Staff see when it was; where nothing can be written now, the copy is as good without. */
async function noteInDatabase({ database }: Config, began: Date): Promise<void> {
  const options = { access: "write", version: "this" } as const;
  try {
    await withDatabase(
      database,
      options,
      (of) => of.write((db) => noteBackup(db, began.getTime())),
    );
  } catch {
    // An older schema, a database that is only read from here, or one that is busy.
  }
}

function requirePlace(file: string, { database }: Config, replace: boolean): void {
  const found = stat(file);
  const own = database.kind === "sqlite" ? stat(database.path) : null;
  if (found === null) {
    if (stat(folderOf(file))?.isDirectory) return;
    throw new CommandError(`There is no folder ${folderOf(file)}.`);
  }
  if (!found.isFile) throw new CommandError(`${file} is not a file.`);
  if (own !== null && own.ino === found.ino && own.dev === found.dev) {
    throw new CommandError(`${file} is the database itself; name another file for its backup.`);
  }
  if (!replace) {
    throw new CommandError(`${file} exists already; --replace writes over it.`);
  }
}

function stat(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new CommandError(`The system does not permit looking at ${path}.`, { cause: error });
  }
}

/** The file under its name until then: empty, private, and no other backup's. */
function claim(path: string): Disposable & { path: string } {
  const file = open(path);
  try {
    if (!file.tryLockSync(true)) {
      throw new CommandError(`Another backup is writing ${path}; wait for its end.`);
    }
    Deno.chmodSync(path, 0o600);
    file.truncateSync(0); // what an interrupted one left
    return { path, [Symbol.dispose]: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

function open(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { create: true, read: true, write: true, mode: 0o600 });
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${reason(error)}.`, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}

/** What was deleted a moment ago would outlive, in the copy, the time in which it can come back. */
const GOING = ["deleted_messages"];

async function write(from: UpkeepDatabase, to: string, terminal: Terminal): Promise<void> {
  if (from.kind === "postgres") return await writeRows(from, to, terminal);
  const { db } = from as SqliteUpkeep; // its kind says so
  const progress = createProgress(terminal, () => performance.now());
  try {
    await copyFile(
      db,
      to,
      (copied, all) => progress.at(() => `${inGroups(copied)} of ${inGroups(all)} pages`),
      GOING,
    );
  } finally {
    progress.end();
  }
}

/** The files of what is not in the copy are not in it either. */
async function forgetDeleted(path: string): Promise<void> {
  const copy = openSqliteUpkeep(path, "write");
  try {
    if ((await copy.columnsOf("files")).length === 0) return; // it is older
    await copy.write(giveUpDeletedFiles);
  } finally {
    await copy.close();
  }
  await makeOneFile(path);
}

/** Everything of one view, as rows of a new SQLite file. */
async function writeRows(from: UpkeepDatabase, to: string, terminal: Terminal): Promise<void> {
  requireVersion(from, "this");
  await bringUpToDate(to, { epoch: crypto.randomUUID(), report: () => {} });
  const file = openSqliteUpkeep(to, "write");
  try {
    // Nobody reads it before it is complete and on the disk: one transaction, without a log.
    file.db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF");
    await from.read((view) =>
      file.write((db, rows) => copyWhole({ from, view, to: file, terminal }, db, rows))
    );
  } finally {
    await file.close();
  }
  await makeOneFile(to);
}

/** Throws if the copy is damaged, as the database then is. */
async function examine(path: string): Promise<{ holdings: Holdings; secret: boolean }> {
  const copy = openSqliteUpkeep(path, "read");
  try {
    requireVersion(copy, "any");
    const [fault] = await copy.examine(false);
    if (fault !== undefined) {
      throw new CommandError(`The backup was not kept, since what it copied is damaged. ${fault}`);
    }
    return await copy.read(async (db) => ({
      holdings: await countHoldings(db),
      secret: await keptSecretText(db) !== null,
    }));
  } finally {
    await copy.close();
  }
}

function report(file: string, { users, rooms, messages }: Holdings, at: Date): string {
  const megabytes = (Deno.statSync(file).size / 1e6).toFixed(1);
  return `${file}: ${countOf(users, "user")}, ${countOf(rooms, "room")}, ` +
    `${countOf(messages, "message")} of ${at.toISOString().slice(0, 19)}Z; ` +
    `${megabytes} MB, examined.\n`;
}

function aboutSecret({ secret, database, dataDir }: Config, holdsSecret: boolean): string {
  const all = "It holds names, messages and passwords' hashes: keep it as private as the chat.\n";
  if (holdsSecret) {
    return `${all}It also holds the secret that signs sessions: whoever reads the file can sign in ` +
      "as anybody.\n";
  }
  const place = secret !== null || database.kind === "postgres"
    ? "the setting CONFAB_SECRET"
    : `${dataDir}/secret`;
  return `${all}It does not hold the secret that signs sessions. Keep ${place} too: without it, ` +
    "everybody has to sign in again after a restore.\n";
}
