/**
 * The command `restore`: puts a backup in the place of the chat that the settings name, while no
 * server has it. Looks at everything first; what is there stays until the new one is complete.
 */
import { restoreFile } from "../../store/sqlite/restore.ts";
import { openSqliteUpkeep, type SqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { countHoldings, DatabaseRefusal, type Holdings } from "../../store/upkeep/database.ts";
import type { Config } from "../config/config.ts";
import { demandPermission, folderOf, prepareDataFolder } from "../data_folder.ts";
import { lockData } from "../data_lock.ts";
import { type Call, CommandError, type Terminal } from "./command.ts";
import { LATER, requireVersion } from "./databases.ts";
import { countOf, createProgress, inGroups } from "./progress.ts";

export async function restoreCommand({ config, operands, flags, terminal }: Call): Promise<number> {
  const file = operands[0]!; // the command line has counted them
  await demandPermission(folderOf(file), ["read"]);
  const { database } = config;
  if (database.kind === "postgres") throw new DatabaseRefusal(LATER);
  const from = openSqliteUpkeep(file, "read");
  try {
    const holdings = await requireBackup(from);
    await prepareDataFolder(config);
    using lock = await lockData(config, Deno.pid);
    for (const each of lock.unprotected) {
      terminal.note(`The file system keeps no locks (${each}): make sure that no Confab runs.\n`);
    }
    const path = realPath(database.path);
    await requirePlace(path, from.path, flags.has("replace"));
    await put(from, path, terminal);
    terminal.print(report(file, path, config, holdings));
    return 0;
  } finally {
    await from.close();
  }
}

/** Throws if the file is no backup, or damaged, or of a newer Confab. */
async function requireBackup(from: SqliteUpkeep): Promise<Holdings> {
  requireVersion(from, "any");
  const [fault] = await from.examine(false);
  if (fault !== undefined) {
    throw new CommandError(`${from.name} is damaged, and was not restored. ${fault}`);
  }
  return await from.read(countHoldings);
}

/** Where a link leads: the link stays. */
function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path; // there is none yet
  }
}

async function requirePlace(path: string, file: string, replace: boolean): Promise<void> {
  const found = await holdingsAt(path);
  if (found === null) return;
  if (realPath(file) === path) throw new CommandError(`${file} is the database itself.`);
  if (replace) return;
  const what = typeof found === "string"
    ? found
    : `${path} holds a chat of ${countOf(found.users, "user")} and ` +
      `${countOf(found.messages, "message")}.`;
  throw new CommandError(`${what} --replace puts the backup in its place; nothing of it is kept.`);
}

/** `null` where nothing would be lost; a sentence if that cannot be known. */
async function holdingsAt(path: string): Promise<Holdings | string | null> {
  try {
    Deno.lstatSync(path);
  } catch {
    return null;
  }
  try {
    const there = openSqliteUpkeep(path, "read");
    try {
      if (there.version === 0) return `${path} is there and holds no Confab chat.`;
      const holdings = await there.read(countHoldings);
      return holdings.users + holdings.messages === 0 ? null : holdings;
    } finally {
      await there.close();
    }
  } catch (error) {
    if (error instanceof DatabaseRefusal) return error.message;
    throw error;
  }
}

async function put(from: SqliteUpkeep, to: string, terminal: Terminal): Promise<void> {
  const progress = createProgress(terminal, () => performance.now());
  try {
    await restoreFile({
      from,
      to,
      epoch: crypto.randomUUID(),
      progress: (copied, all) => progress.at(() => `${inGroups(copied)} of ${inGroups(all)} pages`),
      report: (sentence) => terminal.note(`${sentence}\n`),
    });
  } finally {
    progress.end();
  }
}

function report(
  file: string,
  path: string,
  config: Config,
  { users, rooms, messages }: Holdings,
): string {
  return `${path} is now what ${file} holds: ${countOf(users, "user")}, ` +
    `${countOf(rooms, "room")}, ${countOf(messages, "message")}.\n` +
    `Passwords and signed-in devices are those of the backup: devices that were signed out since ` +
    `are signed in again. If one was stolen, remove ${config.dataDir}/secret; everybody then ` +
    `signs in again.\n`;
}
