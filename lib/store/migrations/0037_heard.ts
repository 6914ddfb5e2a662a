/** Which voice messages were heard by whom. */
import type { Migration } from "./migration.ts";

export const heard: Migration = {
  version: 37,
  compatibleFrom: 11,
  statements: ({ integer }) => [
    `CREATE TABLE heard (
      user_id ${integer} NOT NULL REFERENCES users (id),
      message_id ${integer} NOT NULL REFERENCES messages (id),
      PRIMARY KEY (user_id, message_id)
    )`,
    "CREATE INDEX heard_by_message ON heard (message_id)",
  ],
};
