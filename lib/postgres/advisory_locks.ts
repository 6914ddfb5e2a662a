/**
 * Confab's advisory locks in a database, so that no number stands for two of them. The numbers mean
 * nothing, but stay what they are: nodes of two versions use one database. Locks with two numbers are
 * apart from those with one.
 */
export const ADVISORY_LOCKS = {
  /**
   * Held by whoever changes the schema: `CREATE TABLE IF NOT EXISTS` fails where two run it at once.
   * Also by commands that let no node start.
   */
  migration: 7_266_225,
  /** The first of two numbers: by the second a node says which secret it has. */
  secret: 7_266_226,
  /** Held by who gives a name. */
  names: 7_266_227,
  /** Held by who forgets old events. */
  trim: 7_266_228,
  /** Held by who makes the table of leases. */
  leases: 7_266_229,
} as const;
