/**
 * Fewer indexes on messages. Under load a commit holds a few messages of many rooms, and each index
 * that begins with the room costs it a page for each of them: three of these made half the cost of
 * a message that is sent.
 */
import type { Migration } from "./migration.ts";

export const fewerPages: Migration = {
  version: 2,
  statements: () => [
    "DROP INDEX messages_by_rev",
    "DROP INDEX messages_by_seq",
    "DROP INDEX messages_to_count",
    // A message nobody has changed has rev = seq, and is found by its seq.
    "CREATE UNIQUE INDEX messages_by_rev ON messages (room_id, rev) WHERE rev > seq",
    // Unread messages are counted from this index alone, without touching a message's row. UNIQUE
    // would hold for all four columns together: that a place is free is asked with the room's head
    // (`requireFreePlaces`).
    "CREATE INDEX messages_by_seq ON messages (room_id, seq, user_id, deleted_at)",
  ],
};
