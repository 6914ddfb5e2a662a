/** Puts a backup in the place of a chat in PostgreSQL: in one transaction, while no node has it. */
import { SCHEMA_VERSION } from "../../store/migrations/schema_version.ts";
import { nameHistory } from "../../store/operations/parts/epoch.ts";
import type { PostgresUpkeep } from "../../store/postgres/upkeep.ts";
import { copyFile } from "../../store/sqlite/copy_file.ts";
import { bringUpToDate, removeDatabase } from "../../store/sqlite/fresh_file.ts";
import { openSqliteUpkeep, type SqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { countHoldings } from "../../store/upkeep/database.ts";
import {
  broughtBack,
  type Erased,
  erasedIn,
  forgetWhatIsOver,
  NOBODY,
} from "../../store/upkeep/restored.ts";
import { finishCopy } from "../../store/upkeep/unfinished.ts";
import type { PostgresDatabase } from "../config/values.ts";
import { demandPermission, folderOf } from "../data_folder.ts";
import { type Call, CommandError } from "./command.ts";
import { copyWhole } from "./copying.ts";
import { openPostgres, requireVersion } from "./databases.ts";
import { type Backup, holdsNothing, sentenceOfChat, sentenceOfErased } from "./restore_sqlite.ts";

/** Returns what else the operator should know. */
export async function restoreIntoPostgres(
  call: Call,
  backup: Backup,
  database: PostgresDatabase,
): Promise<string> {
  const { refuseNodes, takeDatabase } = await import("../../store/postgres/alone.ts");
  const { makeSchema } = await import("../../store/postgres/upkeep.ts");
  const to = await openPostgres(database, "write");
  try {
    await refuseNodes(to);
    await requirePlace(to, call.flags.has("replace"));
    const report = (sentence: string) => call.terminal.note(`${sentence}\n`);
    const erased = to.version > 0 ? await to.read((db) => erasedIn(to, db)) : NOBODY;
    if (to.version >= 0) await makeSchema(database.address, report);
    await takeDatabase(to);
    await backup.putFiles();
    let back: string[] = [];
    await withNewest(backup.from, call, async (from) => {
      back = await put(from, to, erased, call);
    });
    const about = sentenceOfErased(back);
    return about +
      (backup.secret === null && call.config.secret === null
        ? "The backup holds no secret that signs sessions: with another one than before, everybody " +
          "has to sign in again.\n"
        : "");
  } finally {
    await to.close();
  }
}

async function requirePlace(to: PostgresUpkeep, replace: boolean): Promise<void> {
  if (to.version === 0) return;
  if (to.version > SCHEMA_VERSION) requireVersion(to, "any");
  const holdings = await to.read(countHoldings);
  if (replace || (to.version > 0 && holdsNothing(holdings))) return;
  throw new CommandError(
    `${sentenceOfChat(to.name, holdings)} --replace puts the backup in its place; nothing of it ` +
      "is kept.",
  );
}

/** A backup of an older Confab is brought up to date in a copy beside it. */
async function withNewest(
  from: SqliteUpkeep,
  { terminal }: Call,
  step: (from: SqliteUpkeep) => Promise<void>,
): Promise<void> {
  if (from.version === SCHEMA_VERSION) return await step(from);
  const copy = `${from.path}.upgraded`;
  await demandPermission(folderOf(copy));
  removeDatabase(copy);
  Deno.openSync(copy, { createNew: true, write: true, mode: 0o600 }).close();
  try {
    await copyFile(from.db, copy, () => {});
    const report = (sentence: string) => terminal.note(`${sentence}\n`);
    await bringUpToDate(copy, { epoch: crypto.randomUUID(), report });
    const upgraded = openSqliteUpkeep(copy, "read");
    try {
      await step(upgraded);
    } finally {
      await upgraded.close();
    }
  } finally {
    removeDatabase(copy);
  }
}

/** Returns who is back that was erased. */
async function put(
  from: SqliteUpkeep,
  to: PostgresUpkeep,
  erased: Erased,
  { terminal }: Call,
): Promise<string[]> {
  return await from.read((view) =>
    to.write(async (db, rows) => {
      await copyWhole({ from, view, to, terminal }, db, rows);
      await nameHistory(db, crypto.randomUUID());
      await forgetWhatIsOver(db);
      await finishCopy(db);
      return await broughtBack(db, erased);
    })
  );
}
