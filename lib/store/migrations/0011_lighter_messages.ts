/**
 * What makes a message cheap on PostgreSQL, where each costs by itself what SQLite spends once for
 * a page. Nothing changes on SQLite.
 */
import type { Migration } from "./migration.ts";

export const lighterMessages: Migration = {
  version: 11,
  statements: ({ database }) =>
    database === "SQLite" ? [] : [
      // Rooms and users are never deleted, and that a reply answers a message is asked when it is
      // sent: checking all three again was a fifth of a message's cost.
      "ALTER TABLE messages DROP CONSTRAINT messages_room_id_fkey",
      "ALTER TABLE messages DROP CONSTRAINT messages_user_id_fkey",
      "ALTER TABLE messages DROP CONSTRAINT messages_reply_to_fkey",
      // The same index as before, and a proof that no place in a room is given twice, whatever
      // several nodes do.
      "DROP INDEX messages_by_seq",
      `CREATE UNIQUE INDEX messages_by_seq ON messages (room_id, seq)
      INCLUDE (user_id, deleted_at)`,
      // Heads and read marks change with each message: the new version of a row finds place beside
      // the old one, and no index has to learn of it.
      "ALTER TABLE rooms SET (fillfactor = 60)",
      "ALTER TABLE members SET (fillfactor = 80)",
    ],
};
