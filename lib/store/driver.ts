/**
 * The little that the store's operations ask of a database: run a statement, read its rows.
 * One body of SQL serves every database, so a driver hides what differs between them; it knows
 * nothing of rooms or messages.
 *
 * Statements are written with `?` for each parameter. A driver that numbers its parameters
 * translates, and keeps the translation by the statement's text: texts are constants, few, and
 * never built from what people send.
 */

export type Value = string | number | null;

/**
 * A connection inside a transaction. `Row` is what the caller's own statement selects: the
 * compiler cannot read SQL, so the shape is stated beside each statement.
 */
export interface Driver {
  /** Every row. */
  all<Row = unknown>(sql: string, parameters: readonly Value[]): Promise<Row[]>;
  /** The first row. Also for statements that change one row and return it. */
  get<Row = unknown>(sql: string, parameters: readonly Value[]): Promise<Row | undefined>;
  /** How many rows a statement without result changed. */
  run(sql: string, parameters: readonly Value[]): Promise<number>;
  /** Adds one row to a table with an `id`, and answers with the id that it got. */
  insert(sql: string, parameters: readonly Value[]): Promise<number>;
  /**
   * Makes later writers of the same room wait until this transaction has ended, so that what is
   * read about its members afterwards stays true. Nothing to do where there is one writer.
   */
  lockRoom(room: number): Promise<void>;
}

/** How the tables are written down: the few words in which the databases differ. */
export interface Dialect {
  /** A new id for each row, in tables whose rows stay for ever. */
  readonly identity: string;
  /** The same, where the row with id 1 is given its id by hand. */
  readonly identityFromTwo: string;
  /** An id that is never given twice, not even after its row was deleted. */
  readonly identityOnce: string;
  /** 64-bit numbers. */
  readonly integer: string;
  /** Text that is compared by code point, whatever the server's locale. */
  readonly text: string;
}
