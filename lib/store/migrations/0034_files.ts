/**
 * Files: what is known of each, and whose it is or which message holds it. Their bytes are elsewhere,
 * under `key`. `file_totals` sums up the bytes of each person's files, and under 0 those of all.
 * `place` is where a file stands in its room's lists: the later message first, in it the first file.
 */
import type { Migration } from "./migration.ts";

export const files: Migration = {
  version: 34,
  compatibleFrom: 11,
  statements: ({ identityOnce, integer, text }) => [
    `CREATE TABLE files (
      id ${identityOnce},
      key ${text} NOT NULL,
      user_id ${integer} NOT NULL REFERENCES users (id),
      state ${text} NOT NULL,
      kind ${text} NOT NULL,
      name ${text} NOT NULL,
      type ${text} NOT NULL,
      size ${integer} NOT NULL,
      width ${integer},
      height ${integer},
      duration ${integer},
      thumbnail ${integer} NOT NULL,
      blur ${text},
      alt ${text} NOT NULL,
      waveform ${text},
      room_id ${integer} REFERENCES rooms (id),
      message_id ${integer} REFERENCES messages (id),
      scheduled_id ${integer},
      position ${integer} NOT NULL,
      place ${integer},
      created_at ${integer} NOT NULL,
      touched_at ${integer} NOT NULL
    )`,
    "CREATE UNIQUE INDEX files_by_key ON files (key)",
    "CREATE INDEX files_by_message ON files (message_id, position)",
    "CREATE INDEX files_by_scheduled ON files (scheduled_id, position)",
    "CREATE INDEX files_by_room ON files (room_id, kind, place)",
    "CREATE INDEX files_of_room ON files (room_id, place)",
    // Of the few that no message holds: whose they are, and how long nobody has touched them.
    "CREATE INDEX files_loose ON files (user_id, state) WHERE message_id IS NULL",
    "CREATE INDEX files_untouched ON files (state, touched_at) WHERE message_id IS NULL",
    `CREATE TABLE file_totals (user_id ${integer} PRIMARY KEY, bytes ${integer} NOT NULL)`,
    // Messages with an address in them are few: a room's list of links walks these alone.
    "CREATE INDEX messages_with_links ON messages (room_id, seq) WHERE text LIKE '%://%'",
  ],
};
