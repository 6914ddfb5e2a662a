/**
 * A SQLite file for the operator's commands, also while a server has it open. It is opened as it
 * is: nothing is migrated, no file is made; what a kill interrupted is undone. Its writes are not
 * counted for the high-water mark, which is the server's: they change no message.
 */
import { DatabaseSync } from "node:sqlite";
import type { Driver } from "../driver.ts";
import { runInTransaction } from "../transaction.ts";
import { DatabaseRefusal, type RowWriter, type UpkeepDatabase } from "../upkeep/database.ts";
import { settled } from "./driver.ts";
import { READER_PRAGMAS, WRITER_PRAGMAS } from "./open.ts";
import { sentenceOf } from "./sentences.ts";
import { SqliteTransaction } from "./transaction.ts";

export interface SqliteUpkeep extends UpkeepDatabase {
  readonly kind: "sqlite";
  readonly path: string;
  readonly db: DatabaseSync;
}

/** Throws `DatabaseRefusal` if the file is missing, no database, or cannot be opened. */
export function openSqliteUpkeep(path: string, access: "read" | "write"): SqliteUpkeep {
  requireFile(path);
  undoInterrupted(path);
  return refusing(path, () => {
    const db = new DatabaseSync(path, { readOnly: access === "read" });
    try {
      return upkeepOf(db, path, access);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  });
}

function requireFile(path: string): void {
  try {
    if (Deno.statSync(path).isFile) return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      throw new DatabaseRefusal(`The system does not permit looking at ${path}.`, { cause: error });
    }
    throw new DatabaseRefusal(`There is no file ${path}.`);
  }
  throw new DatabaseRefusal(`${path} is not a file.`);
}

/**
 * A program that was killed in the middle of a transaction left a journal, by which whoever opens
 * the file next undoes it: SQLite refuses to read the file before, and a reader may not.
 */
function undoInterrupted(path: string): void {
  try {
    Deno.lstatSync(`${path}-journal`);
    const db = new DatabaseSync(path);
    try {
      db.exec("PRAGMA busy_timeout = 2000; SELECT 1 FROM sqlite_master");
    } finally {
      db.close();
    }
  } catch {
    // There is none. Or it cannot be used, which the opening that follows says.
  }
}

function upkeepOf(db: DatabaseSync, path: string, access: "read" | "write"): SqliteUpkeep {
  db.exec(access === "read" ? READER_PRAGMAS : WRITER_PRAGMAS);
  const version = versionOf(db);
  const transaction = new SqliteTransaction(db, access === "read" ? "BEGIN" : "BEGIN IMMEDIATE");
  const within = async <T>(step: (db: Driver) => Promise<T>): Promise<T> => {
    let result: { value: T } | undefined;
    try {
      await runInTransaction(transaction, async (driver) => {
        result = { value: await step(driver) };
      });
    } catch (thrown) {
      throw refusalOf(thrown, path);
    }
    return result!.value; // the transaction would have thrown
  };
  const rows = rowWriter(db);
  return {
    kind: "sqlite",
    name: path,
    path,
    db,
    version,
    read: within,
    write: (step) => within((driver) => step(driver, rows)),
    columnsOf: (table) => settled(() => columnsOf(db, table)),
    lastSession: async (driver) => (await driver.get<{ last: number }>(LAST_SESSION, []))!.last,
    examine: (thoroughly) => Promise.resolve(examine(db, thoroughly)),
    close: () => Promise.resolve(transaction.close()),
  };
}

/** SQLite remembers it for tables whose ids never come back. */
const LAST_SESSION = `SELECT COALESCE(
  (SELECT seq FROM sqlite_sequence WHERE name = 'sessions'), 0
) AS last`;

function columnsOf(db: DatabaseSync, table: string): string[] {
  return db.prepare("SELECT name FROM pragma_table_info(?) ORDER BY name").all(table)
    .map(({ name }) => String(name));
}

function rowWriter(db: DatabaseSync): RowWriter {
  return {
    insert: (table, columns, rows) =>
      settled(() => {
        const marks = columns.map(() => "?").join(", ");
        const insert = db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${marks})`);
        for (const row of rows) insert.run(...columns.map((column) => row[column]!));
      }),
    empty: (tables) =>
      settled(() => {
        for (const table of tables.toReversed()) db.exec(`DELETE FROM ${table}`);
      }),
    settleIds: (session) =>
      settled(() => {
        db.exec("DELETE FROM sqlite_sequence WHERE name = 'sessions'");
        db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('sessions', ?)").run(session);
      }),
  };
}

function versionOf(db: DatabaseSync): number {
  const table = db.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
  ).get();
  if (table === undefined) return 0;
  return Number(db.prepare("SELECT version FROM schema_version").get()?.version ?? 0);
}

/** At most this many faults of the file are told. */
const TOLD = 20;

function examine(db: DatabaseSync, thoroughly: boolean): string[] {
  const pragma = thoroughly ? "integrity_check" : "quick_check";
  const found = db.prepare(`PRAGMA ${pragma}(${TOLD})`).all()
    .map((row) => String(row[pragma]))
    .filter((text) => text !== "ok")
    .map((text) => `SQLite says of the file: ${text.replaceAll(/\s+/g, " ").trim()}.`);
  if (!thoroughly) return found;
  const lost = db.prepare("SELECT * FROM pragma_foreign_key_check LIMIT ?").all(TOLD);
  return [
    ...found,
    ...lost.map(({ table, rowid, parent }) =>
      `A row of ${table} (${rowid ?? "without an id"}) names one of ${parent} that is not there.`
    ),
  ];
}

/** Runs it; SQLite's errors become sentences. */
export function refusing<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw refusalOf(thrown, path);
  }
}

export function refusalOf(thrown: unknown, path: string): unknown {
  const sentence = sentenceOf(thrown, path);
  return sentence === null ? thrown : new DatabaseRefusal(sentence, { cause: thrown });
}
