/**
 * A database as the operator's commands use it: read in one view, written in one transaction, rows
 * in and out by the thousand. `lib/store/sqlite/upkeep.ts` and `lib/store/postgres/upkeep.ts` are
 * such databases. Nothing here knows the chat's rules.
 */
import type { Driver, Value } from "../driver.ts";

export type Row = Readonly<Record<string, Value>>;

/** Rows as they are, within a transaction. */
export interface RowWriter {
  insert(table: string, columns: readonly string[], rows: readonly Row[]): Promise<void>;
  empty(tables: readonly string[]): Promise<void>;
  /**
   * From now on new rows get ids beyond those that are there, and sessions beyond `session`: an id
   * that came back would hand somebody's session to whoever kept an old token.
   */
  settleIds(session: number): Promise<void>;
}

export interface UpkeepDatabase {
  readonly kind: "sqlite" | "postgres";
  /** How the operator knows it, for sentences; it holds no password. */
  readonly name: string;
  /** Of its schema; 0 if there is no Confab in it, negative while a copy into it is unfinished. */
  readonly version: number;
  /** Everything that is read in `step` is of one moment. */
  read<T>(step: (db: Driver) => Promise<T>): Promise<T>;
  /** Durable once it resolves; undone if `step` throws. */
  write<T>(step: (db: Driver, rows: RowWriter) => Promise<T>): Promise<T>;
  /** A table's columns by name. */
  columnsOf(table: string): Promise<string[]>;
  /** The highest id that a session has had. */
  lastSession(db: Driver): Promise<number>;
  /** The database's own examination of its files and constraints: a sentence for each fault. */
  examine(thoroughly: boolean): Promise<string[]>;
  close(): Promise<void>;
}

/** A database cannot be used for what was asked; the message is for the operator. */
export class DatabaseRefusal extends Error {
  override readonly name = "DatabaseRefusal";
}

export interface Holdings {
  users: number;
  rooms: number;
  messages: number;
}

export async function countHoldings(db: Driver): Promise<Holdings> {
  return (await db.get<Holdings>(
    `SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM rooms) AS rooms,
       (SELECT count(*) FROM messages) AS messages`,
    [],
  ))!;
}

/** The secret that signs sessions, if the database keeps it; of a SQLite chat it is a file. */
export async function keptSecretText(db: Driver): Promise<string | null> {
  const row = await db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'secret'", []);
  return row?.value ?? null;
}

export async function keepSecretText(db: Driver, secret: string): Promise<void> {
  await db.run(
    `INSERT INTO meta (key, value) VALUES ('secret', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [secret],
  );
}

export async function forgetSecret(db: Driver): Promise<void> {
  await db.run("DELETE FROM meta WHERE key = 'secret'", []);
}
