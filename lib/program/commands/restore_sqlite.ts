/** Puts a backup in the place of a SQLite chat. */
import { atStart } from "./addresses.ts";
import type { Driver } from "../../store/driver.ts";
import { restoreFile } from "../../store/sqlite/restore.ts";
import { openSqliteUpkeep, type SqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import {
  countHoldings,
  DatabaseRefusal,
  forgetSecret,
  type Holdings,
} from "../../store/upkeep/database.ts";
import {
  broughtBack,
  type Erased,
  erasedIn,
  forgetWhatIsOver,
  NOBODY,
} from "../../store/upkeep/restored.ts";
import { prepareDataFolder } from "../data_folder.ts";
import { lockData } from "../data_lock.ts";
import { type Call, CommandError } from "./command.ts";
import { countOf, createProgress, inGroups } from "./progress.ts";
import { putSecretFile } from "./secrets.ts";
import { shown } from "./shown.ts";

/** A file that was looked at. */
export interface Backup {
  from: SqliteUpkeep;
  holdings: Holdings;
  /** The one that signs sessions, if the database it comes from kept it. */
  secret: string | null;
  /** Once it is sure that the backup may take its place, and before it does. */
  putFiles(): Promise<void>;
}

/** Returns what else the operator should know. */
export async function restoreIntoSqlite(
  { config, flags, terminal }: Call,
  backup: Backup,
  database: string,
): Promise<string> {
  await prepareDataFolder(config);
  using lock = await lockData(config, Deno.pid);
  for (const each of lock.unprotected) {
    terminal.note(`The file system keeps no locks (${each}): make sure that no Confab runs.\n`);
  }
  const path = realPath(database);
  const found = await lookAt(path);
  refuseReplacing(path, backup.from.path, found, flags.has("replace"));
  await backup.putFiles();
  let back: string[] = [];
  const progress = createProgress(terminal, () => performance.now());
  try {
    await restoreFile({
      from: backup.from,
      to: path,
      epoch: crypto.randomUUID(),
      progress: (copied, all) => progress.at(() => `${inGroups(copied)} of ${inGroups(all)} pages`),
      report: (sentence) => terminal.note(`${sentence}\n`),
      async adapt(db) {
        await forgetSecret(db);
        await forgetWhatIsOver(db);
        back = await broughtBack(db, found?.erased ?? NOBODY);
        await skipSessions(db, found?.lastSession ?? 0);
      },
    });
  } finally {
    progress.end();
  }
  return sentenceOfErased(back) + await putSecretFile(config, config.dataDir, backup.secret);
}

/** Staff have promised them that they are gone. */
export function sentenceOfErased(usernames: readonly string[]): string {
  if (usernames.length === 0) return "";
  return `Erased since the backup, and back with it: ${usernames.map(shown).join(", ")}. Erase ` +
    "them again, at /admin/people.\n";
}

/** An id that a token was made for since the backup must not become another session's. */
async function skipSessions(db: Driver, last: number): Promise<void> {
  await db.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'sessions' AND seq < ?", [
    last,
    last,
  ]);
}

/** Where a link leads: the link stays. */
function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path; // there is none yet
  }
}

interface Found {
  /** A sentence if they cannot be known. */
  holdings: Holdings | string;
  lastSession: number;
  erased: Erased;
}

/** `null` where there is nothing. */
async function lookAt(path: string): Promise<Found | null> {
  try {
    Deno.lstatSync(path);
  } catch {
    return null;
  }
  try {
    const there = openSqliteUpkeep(path, "read");
    try {
      if (there.version === 0) {
        return {
          holdings: `${path} is there and holds no Confab chat.`,
          lastSession: 0,
          erased: NOBODY,
        };
      }
      return await there.read(async (db) => ({
        holdings: await countHoldings(db),
        lastSession: await there.lastSession(db),
        erased: await erasedIn(there, db),
      }));
    } finally {
      await there.close();
    }
  } catch (error) {
    if (error instanceof DatabaseRefusal) {
      return { holdings: error.message, lastSession: 0, erased: NOBODY };
    }
    throw error;
  }
}

function refuseReplacing(path: string, file: string, found: Found | null, replace: boolean): void {
  if (found === null) return;
  if (realPath(file) === path) throw new CommandError(`${file} is the database itself.`);
  const { holdings } = found;
  if (replace || (typeof holdings !== "string" && holdsNothing(holdings))) return;
  const what = typeof holdings === "string" ? holdings : sentenceOfChat(path, holdings);
  throw new CommandError(`${what} --replace puts the backup in its place; nothing of it is kept.`);
}

export function holdsNothing({ users, messages }: Holdings): boolean {
  return users + messages === 0;
}

export function sentenceOfChat(name: string, { users, messages }: Holdings): string {
  return `${atStart(name)} holds a chat of ${countOf(users, "user")} and ${
    countOf(messages, "message")
  }.`;
}
