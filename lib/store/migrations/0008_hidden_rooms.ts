/**
 * Rooms that are not in a member's list: 1 hidden until something happens in them, 2 a direct room
 * in which nothing was said yet, which shows to its maker alone.
 */
import type { Migration } from "./migration.ts";

export const hiddenRooms: Migration = {
  version: 8,
  statements: ({ integer }) => [
    `ALTER TABLE members ADD COLUMN hidden ${integer} NOT NULL DEFAULT 0
      CHECK (hidden IN (0, 1, 2))`,
    // A list is read in the order of this index and ends at its limit.
    "DROP INDEX members_by_user",
    "CREATE INDEX members_by_user ON members (user_id, hidden, room_id)",
    // Asked for by each message: whom it brings the room back to. Nearly always nobody.
    "CREATE INDEX members_hidden ON members (room_id, user_id) WHERE hidden > 0",
    `UPDATE members SET hidden = 2 WHERE EXISTS (
       SELECT 1 FROM rooms AS r
       WHERE r.id = members.room_id AND r.kind = 'direct' AND r.head = 0
         AND r.created_by <> members.user_id
     )`,
  ],
};
