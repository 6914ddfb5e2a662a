/**
 * Where `migrate` copies a chat to: an empty place, or this chat's own copy that was interrupted. It
 * becomes a chat that can be served when the copy is complete, not before.
 */
import { atStart } from "./addresses.ts";
import { SCHEMA_VERSION } from "../../store/migrations/schema_version.ts";
import { bringUpToDate, removeDatabase } from "../../store/sqlite/fresh_file.ts";
import { putInPlace } from "../../store/sqlite/restore.ts";
import { openSqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { BEGINNING } from "../../store/upkeep/copy.ts";
import {
  countHoldings,
  DatabaseRefusal,
  type RowWriter,
  type UpkeepDatabase,
} from "../../store/upkeep/database.ts";
import type { Driver } from "../../store/driver.ts";
import { EMPTIED } from "../../store/upkeep/tables.ts";
import {
  beginCopy,
  findCopy,
  finishCopy,
  type UnfinishedCopy,
} from "../../store/upkeep/unfinished.ts";
import type { PostgresDatabase } from "../config/values.ts";
import { demandPermission, folderOf } from "../data_folder.ts";
import { lockFile } from "./alone.ts";
import { CommandError, type Terminal } from "./command.ts";
import type { Address } from "./addresses.ts";
import { openPostgres, requireVersion } from "./databases.ts";
import { holdsNothing, sentenceOfChat } from "./restore_sqlite.ts";

/** Which chat is copied, in which of its histories. */
export type ChatName = Pick<UnfinishedCopy, "instance" | "epoch">;

export interface Target extends AsyncDisposable {
  readonly database: UpkeepDatabase;
  /** How far the copy has come. */
  readonly begun: UnfinishedCopy;
  /** After the copy was finished: a server that is told to may open it from now on. */
  complete(): Promise<void>;
}

export interface TargetOptions {
  /** What an interrupted copy has left is thrown away. */
  restart: boolean;
  terminal: Terminal;
}

export async function openTarget(
  to: Address,
  chat: ChatName,
  options: TargetOptions,
): Promise<Target> {
  return to.kind === "sqlite"
    ? await openFile(to.path, chat, options)
    : await openShared(to, chat, options);
}

/** The copy is a file beside the target's, which takes its name in the end. */
async function openFile(
  path: string,
  chat: ChatName,
  { restart, terminal }: TargetOptions,
): Promise<Target> {
  await demandPermission(folderOf(path));
  Deno.mkdirSync(folderOf(path), { recursive: true, mode: 0o700 });
  await using stack = new AsyncDisposableStack();
  stack.use(await lockFile(path, terminal));
  await requireEmpty(path);
  const file = `${path}.migrating`;
  if (restart || !isBegun(file)) await makeFile(file);
  const database = openSqliteUpkeep(file, "write");
  let open = true;
  const close = async () => {
    if (open) await database.close();
    open = false;
  };
  stack.defer(close);
  const begun = await begin(database, chat);
  const kept = stack.move();
  return {
    database,
    begun,
    async complete() {
      await close();
      await putInPlace(file, path, chat.epoch);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function requireEmpty(path: string): Promise<void> {
  if (!exists(path)) return;
  const there = openSqliteUpkeep(path, "read");
  try {
    requireVersion(there, "any");
    refuseChat(path, await there.read(countHoldings));
  } finally {
    await there.close();
  }
}

function refuseChat(name: string, holdings: Parameters<typeof holdsNothing>[0]): void {
  if (holdsNothing(holdings)) return;
  throw new CommandError(`${sentenceOfChat(name, holdings)} A chat moves to an empty place only.`);
}

/** It may have been interrupted before the first row, while the schema was made. */
function isBegun(file: string): boolean {
  if (!exists(file)) return false;
  const found = openSqliteUpkeep(file, "read");
  void found.close();
  return found.version < 0;
}

async function makeFile(file: string): Promise<void> {
  removeDatabase(file);
  Deno.openSync(file, { createNew: true, write: true, mode: 0o600 }).close();
  await bringUpToDate(file, { epoch: crypto.randomUUID(), report: () => {} });
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

async function openShared(
  to: PostgresDatabase,
  chat: ChatName,
  { restart, terminal }: TargetOptions,
): Promise<Target> {
  const { refuseNodes, takeDatabase } = await import("../../store/postgres/alone.ts");
  const { makeSchema } = await import("../../store/postgres/upkeep.ts");
  await using stack = new AsyncDisposableStack();
  const database = await openPostgres(to, "write");
  stack.defer(() => database.close());
  await refuseNodes(database);
  if (database.version > SCHEMA_VERSION) requireVersion(database, "any");
  if (database.version > 0) refuseChat(database.name, await database.read(countHoldings));
  const report = (sentence: string) => terminal.note(`${sentence}\n`);
  if (database.version >= 0) await makeSchema(to.address, report);
  await takeDatabase(database);
  if (restart && database.version < 0) await database.write((db) => finishCopy(db));
  const begun = await begin(database, chat);
  const kept = stack.move();
  return {
    database,
    begun,
    complete: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Finds the copy that was begun, or begins it. */
function begin(database: UpkeepDatabase, chat: ChatName): Promise<UnfinishedCopy> {
  return database.write(async (db, rows) => {
    if (!await isHalf(db)) return await beginAnew(db, rows, chat);
    const found = await findCopy(db);
    if (found?.instance === chat.instance && found.epoch === chat.epoch) return found;
    throw new DatabaseRefusal(
      `${atStart(database.name)} holds half a copy of another chat: --restart throws it away.`,
    );
  });
}

async function isHalf(db: Driver): Promise<boolean> {
  const row = await db.get<{ version: number }>("SELECT version FROM schema_version", []);
  return (row?.version ?? 0) < 0;
}

async function beginAnew(db: Driver, rows: RowWriter, chat: ChatName): Promise<UnfinishedCopy> {
  await rows.empty(EMPTIED);
  await beginCopy(db, chat);
  return { ...chat, position: BEGINNING, rows: 0 };
}
