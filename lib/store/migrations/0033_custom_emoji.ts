/**
 * Custom emoji. The picture's bytes are among the blobs, under `blob`. The table of the
 * revision has one row, if any: it counts what was added and removed, so that a client knows whether
 * its list is the one of now.
 */
import type { Migration } from "./migration.ts";

export const customEmoji: Migration = {
  version: 33,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `CREATE TABLE custom_emoji (
      name ${text} PRIMARY KEY,
      blob ${text} NOT NULL,
      type ${text} NOT NULL,
      size ${integer} NOT NULL,
      width ${integer} NOT NULL,
      height ${integer} NOT NULL,
      user_id ${integer} NOT NULL REFERENCES users (id),
      created_at ${integer} NOT NULL
    )`,
    `CREATE TABLE custom_emoji_revision (
      id ${integer} PRIMARY KEY CHECK (id = 1),
      revision ${integer} NOT NULL
    )`,
  ],
};
