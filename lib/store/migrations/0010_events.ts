/**
 * What several nodes over one database need, and one process does without: `rooms.access`, which
 * rises with each change of who may read or write in a room, and `events`, which tells every node
 * what must not be lost (`changes.ts`). Rows of `events` are kept for a few minutes.
 */
import type { Migration } from "./migration.ts";

export const events: Migration = {
  version: 10,
  statements: ({ identityOnce, integer, text, transactionNumber, clock }) => [
    `ALTER TABLE rooms ADD COLUMN access ${integer} NOT NULL DEFAULT 0`,
    `CREATE TABLE events (
      id ${identityOnce},
      xid ${transactionNumber},
      at ${integer} NOT NULL DEFAULT ${clock},
      body ${text} NOT NULL
    )`,
    "CREATE INDEX events_by_xid ON events (xid)",
  ],
};
