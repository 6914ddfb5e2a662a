/**
 * The command `migrate`: moves a chat from one database into another, of whichever kind. It goes on
 * where it was interrupted, and compares all of both before the new one may be served.
 */
import type { Driver } from "../../store/driver.ts";
import { digestTable, type TableDigest } from "../../store/upkeep/compare.ts";
import { copyRows, sharedColumns } from "../../store/upkeep/copy.ts";
import {
  keepSecretText,
  keptSecretText,
  type UpkeepDatabase,
} from "../../store/upkeep/database.ts";
import { COPIED, type CopiedTable } from "../../store/upkeep/tables.ts";
import { giveUpDeletedFiles } from "../../store/upkeep/deleted_files.ts";
import { advanceCopy, finishCopy } from "../../store/upkeep/unfinished.ts";
import { ConfigError } from "../config/config.ts";
import { folderOf } from "../data_folder.ts";
import { openAlone } from "./alone.ts";
import { type Call, CommandError, type Terminal } from "./command.ts";
import { rowsIn, tellRows } from "./copying.ts";
import { type Address, addressOf, atStart, filesPlaceOf, nameOf } from "./addresses.ts";
import { isFolder } from "./files.ts";
import { migrateFiles } from "./migrate_files.ts";
import { type ChatName, openTarget, type Target } from "./migrate_target.ts";
import { inGroups } from "./progress.ts";
import { putSecretFile, readSecretFile } from "./secrets.ts";

export async function migrateCommand(call: Call): Promise<number> {
  if (call.operands.some((each) => filesPlaceOf(each) !== null)) return await migrateFiles(call);
  const { env, flags, terminal } = call;
  const from = addressOf("FROM", call.operands[0]!, env); // the command line counts them
  const to = addressOf("TO", call.operands[1]!, env);
  if (placeOf(from) === placeOf(to)) throw new ConfigError("FROM and TO are the same database.");
  await using source = await openAlone(from, terminal);
  await source.database.read(async (view) => {
    const chat = await chatName(view);
    await using target = await openTarget(to, chat, { restart: flags.has("restart"), terminal });
    const move: Move = { from: source.database, view, target, terminal };
    await copy(move);
    await compare(move);
    await moveSecret(call, move, { from, to });
    await finish(move);
  });
  terminal.print(
    `${atStart(nameOf(to))} now holds the chat of ${
      nameOf(from)
    }, which stays as it is: serve one of ` +
      "them, not both.\n" + aboutFiles(call.config, from),
  );
  return 0;
}

/** They are where the settings say, whichever database names them. */
function aboutFiles({ files }: Call["config"], from: Address): string {
  if (files.kind !== "folder" || from.kind !== "sqlite") return "";
  const old = `${folderOf(from.path)}/files`;
  if (old === files.path || !isFolder(old)) return "";
  return `Its files are still in ${old}, and CONFAB_FILES says ${files.path}: move them by ` +
    `"migrate files:${old} files:${files.path}".\n`;
}

/** Two names of one database are the same place. */
function placeOf(address: Address): string {
  if (address.kind === "postgres") {
    const { host, port, database } = address.address;
    return JSON.stringify([host, port, database]);
  }
  try {
    return Deno.realPathSync(address.path);
  } catch {
    return address.path; // there is none yet
  }
}

async function chatName(view: Driver): Promise<ChatName> {
  const rows = await view.all<{ key: keyof ChatName; value: string }>(
    "SELECT key, value FROM meta WHERE key IN ('instance', 'epoch')",
    [],
  );
  const found = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  return { instance: found.instance ?? "", epoch: found.epoch ?? "" };
}

interface Move {
  from: UpkeepDatabase;
  /** What is moved: nobody changes it meanwhile. */
  view: Driver;
  target: Target;
  terminal: Terminal;
}

async function copy({ from, view, target, terminal }: Move): Promise<void> {
  const { database, begun } = target;
  const all = await rowsIn(view);
  if (begun.rows > 0) terminal.note(`Going on after ${inGroups(begun.rows)} rows.\n`);
  using progress = tellRows(terminal, "copied", all, begun.rows);
  await copyRows({
    from,
    view,
    to: database,
    start: begun.position,
    async write({ table, columns, rows: page }, then) {
      await database.write(async (db, rows) => {
        await rows.insert(table.name, columns, page);
        await advanceCopy(db, then, page.length);
      });
      progress.add(page.length);
    },
  });
}

async function compare({ from, view, target, terminal }: Move): Promise<void> {
  const { database } = target;
  using progress = tellRows(terminal, "compared", 2 * await rowsIn(view));
  const told: string[] = [];
  const different: string[] = [];
  await database.read(async (there) => {
    for (const table of COPIED) {
      const columns = await sharedColumns(table, from, database);
      const here = await digestTable(view, table, columns, progress.add);
      const copied = await digestTable(there, table, columns, progress.add);
      told.push(lineOf(table, here));
      if (here.digest === copied.digest && here.rows === copied.rows) continue;
      different.push(
        `${table.name} (${inGroups(here.rows)} rows, copied ${inGroups(copied.rows)})`,
      );
    }
  });
  if (different.length === 0) return terminal.print(told.join(""));
  throw new CommandError(
    `The copy differs from ${from.name} in ${
      different.join(", ")
    }, as when that was served since ` +
      "the copy began. Run it again with --restart, which begins anew.",
  );
}

/** "messages          44 rows  3f2a…": what anybody can compare again. */
function lineOf({ name }: CopiedTable, { rows, digest }: TableDigest): string {
  return `${name.padEnd(16)}${inGroups(rows).padStart(12)} rows  SHA-256 ${digest.slice(0, 16)}\n`;
}

async function moveSecret(
  { config, terminal }: Call,
  { view, target }: Move,
  { from, to }: { from: Address; to: Address },
): Promise<void> {
  const secret = from.kind === "sqlite"
    ? await readSecretFile(config, [folderOf(from.path), config.dataDir])
    : await keptSecretText(view);
  if (to.kind === "sqlite") {
    terminal.print(await putSecretFile(config, folderOf(to.path), secret));
  } else if (secret !== null) {
    await target.database.write((db) => keepSecretText(db, secret));
    terminal.print("The secret that signs sessions came along: everybody stays signed in.\n");
  }
}

async function finish({ from, view, target }: Move): Promise<void> {
  const session = await from.lastSession(view);
  await target.database.write(async (db, rows) => {
    await rows.settleIds(session);
    await giveUpDeletedFiles(db);
    await finishCopy(db);
  });
  await target.complete();
}
