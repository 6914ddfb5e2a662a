/**
 * A database as the operator's commands use it: read in one view, written in one transaction, rows
 * in and out by the thousand. `lib/store/sqlite/upkeep.ts` and `lib/store/postgres/upkeep.ts` are
 * such databases. Nothing here knows the chat's rules.
 */
import type { Driver, Value } from "../driver.ts";

export type Row = Readonly<Record<string, Value>>;

export interface UpkeepDatabase {
  readonly kind: "sqlite" | "postgres";
  /** How the operator knows it, for sentences; it holds no password. */
  readonly name: string;
  /** Of its schema; 0 if there is no Confab in it. */
  readonly version: number;
  /** Everything that is read in `step` is of one moment. */
  read<T>(step: (db: Driver) => Promise<T>): Promise<T>;
  /** Durable once it resolves; undone if `step` throws. */
  write<T>(step: (db: Driver) => Promise<T>): Promise<T>;
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
  // The cast of nothing: the three counts are one row, in any database.
  return (await db.get<Holdings>(
    `SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM rooms) AS rooms,
       (SELECT count(*) FROM messages) AS messages`,
    [],
  ))!;
}
