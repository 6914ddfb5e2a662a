/** Drafts on all of one's devices. `thread_id` is 0 for the draft of the room itself. */
import type { Migration } from "./migration.ts";

export const drafts: Migration = {
  version: 32,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `CREATE TABLE drafts (
      user_id ${integer} NOT NULL REFERENCES users (id),
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      thread_id ${integer} NOT NULL,
      text ${text} NOT NULL,
      reply_to ${integer} REFERENCES messages (id),
      at ${integer} NOT NULL,
      PRIMARY KEY (user_id, room_id, thread_id)
    )`,
  ],
};
