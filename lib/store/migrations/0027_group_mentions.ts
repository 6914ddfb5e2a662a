/**
 * Mentions of many at once. A message lists the first hundred whom it reaches; `group_mentions` has
 * all of them, as JSON, where there are more: to take the mentions away with the message.
 */
import type { Migration } from "./migration.ts";

export const groupMentions: Migration = {
  version: 27,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `ALTER TABLE messages ADD COLUMN mentions_all ${text}`,
    `CREATE TABLE group_mentions (
      message_id ${integer} PRIMARY KEY REFERENCES messages (id),
      users ${text} NOT NULL
    )`,
  ],
};
