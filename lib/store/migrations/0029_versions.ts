/**
 * Earlier texts of edited messages, and what a deletion has taken away, for as long as it can be
 * undone. `user_id` is the author's, with whom both go.
 */
import type { Migration } from "./migration.ts";

export const versions: Migration = {
  version: 29,
  compatibleFrom: 11,
  statements: ({ identity, integer, text }) => [
    `CREATE TABLE message_versions (
      id ${identity},
      message_id ${integer} NOT NULL REFERENCES messages (id),
      user_id ${integer} NOT NULL REFERENCES users (id),
      text ${text} NOT NULL,
      at ${integer} NOT NULL
    )`,
    "CREATE INDEX versions_by_message ON message_versions (message_id, id)",
    "CREATE INDEX versions_by_user ON message_versions (user_id)",
    `CREATE TABLE deleted_messages (
      message_id ${integer} PRIMARY KEY REFERENCES messages (id),
      user_id ${integer} NOT NULL REFERENCES users (id),
      deleted_by ${integer} NOT NULL REFERENCES users (id),
      deleted_at ${integer} NOT NULL,
      content ${text} NOT NULL
    )`,
    "CREATE INDEX deleted_by_time ON deleted_messages (deleted_at)",
    "CREATE INDEX deleted_by_user ON deleted_messages (user_id)",
  ],
};
