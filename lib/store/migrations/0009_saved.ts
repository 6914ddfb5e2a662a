/** One's own bookmarks: `id` tells in which order they were made. */
import type { Migration } from "./migration.ts";

export const saved: Migration = {
  version: 9,
  statements: ({ identity, integer }) => [
    `CREATE TABLE saved (
      id ${identity},
      user_id ${integer} NOT NULL REFERENCES users (id),
      message_id ${integer} NOT NULL REFERENCES messages (id)
    )`,
    // The message first: a deleted one is looked for without knowing who has saved it.
    "CREATE UNIQUE INDEX saved_once ON saved (message_id, user_id)",
    "CREATE INDEX saved_by_user ON saved (user_id, id, message_id)",
  ],
};
