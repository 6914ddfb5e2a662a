/**
 * All that the store's operations need from a database: run a statement, read its rows. One body of
 * SQL serves every database, so a driver hides their differences; it knows nothing about rooms or
 * messages.
 *
 * Statements are written with `?` for each parameter. A driver that numbers its parameters
 * translates, and caches the translation by the statement's text: texts are constants, few, and
 * never built from user input.
 */

import type { KeptShelf } from "./kept.ts";

export type Value = string | number | null;

/**
 * A connection inside a transaction. `Row` is what the caller's own statement selects: the compiler
 * cannot read SQL, so the type is stated next to each statement.
 */
export interface Driver {
  /** What reads keep for the next ones on this connection. */
  readonly shelf: KeptShelf;
  /**
   * The same in two views only if nothing at all was committed between them; null where nobody
   * tells, and on a connection that has written itself.
   */
  version(): Promise<number | null>;
  /** Every row. */
  all<Row = unknown>(sql: string, parameters: readonly Value[]): Promise<Row[]>;
  /** The first row. Also for statements that change one row and return it. */
  get<Row = unknown>(sql: string, parameters: readonly Value[]): Promise<Row | undefined>;
  /** The number of rows changed by a statement without a result. */
  run(sql: string, parameters: readonly Value[]): Promise<number>;
  /** Adds one row to a table with an `id`, and returns its id. */
  insert(sql: string, parameters: readonly Value[]): Promise<number>;
  /**
   * Makes other writers of the same room wait until this transaction has ended, so that what it
   * then reads about the members stays true. Does nothing if there is only one writer.
   */
  lockRoom(room: number): Promise<void>;
  /**
   * The same for whoever changes this account or what belongs to it: its settings and roles, its
   * sessions, what it has saved. Messages are sent without it.
   */
  lockUser(user: number): Promise<void>;
  /**
   * The same for whoever gives a name, of a person or a public room: whether one is free or looks
   * like another one cannot be told by an index. To be taken before other locks: names, then
   * people, then rooms, so that nobody waits for each other.
   */
  lockNames(): Promise<void>;
}

/** The few words in which the databases' table definitions differ. */
export interface Dialect {
  readonly database: "SQLite" | "PostgreSQL";
  /** A new id for each row, in tables whose rows are never deleted. */
  readonly identity: string;
  /** The same, if the row with id 1 gets its id explicitly. */
  readonly identityFromTwo: string;
  /** An id that is never reused, even after its row was deleted. */
  readonly identityOnce: string;
  /** 64-bit numbers. */
  readonly integer: string;
  /** Text compared by code point, whatever the server's locale. */
  readonly text: string;
  /**
   * A column that holds the number of the transaction which wrote the row, from where readers go on
   * without losing a row of a transaction that commits late. Where one connection writes at a time
   * there is no such number, and none is needed.
   */
  readonly transactionNumber: string;
  /** An expression: milliseconds since the epoch by the database's clock, the same for all nodes. */
  readonly clock: string;
}
