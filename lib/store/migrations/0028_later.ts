/**
 * What happens later: the queue of jobs, and the messages and reminders that wait in it.
 */
import type { Migration } from "./migration.ts";

export const later: Migration = {
  version: 28,
  compatibleFrom: 11,
  statements: ({ identityOnce, integer, text }) => [
    `CREATE TABLE jobs (
      id ${identityOnce},
      kind ${text} NOT NULL,
      subject ${integer} NOT NULL,
      lane ${text} NOT NULL,
      user_id ${integer} NOT NULL REFERENCES users (id),
      due_at ${integer} NOT NULL,
      try_at ${integer} NOT NULL,
      tries ${integer} NOT NULL
    )`,
    "CREATE UNIQUE INDEX jobs_by_subject ON jobs (kind, subject)",
    "CREATE INDEX jobs_by_due ON jobs (due_at, id)",
    "CREATE INDEX jobs_by_try ON jobs (try_at)",
    "CREATE INDEX jobs_by_lane ON jobs (lane, due_at, id)",
    "CREATE INDEX jobs_by_user ON jobs (user_id)",
    // What is to be sent is no message yet: it has no place in its room.
    `CREATE TABLE scheduled (
      id ${identityOnce},
      user_id ${integer} NOT NULL REFERENCES users (id),
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      client_id ${text} NOT NULL,
      text ${text} NOT NULL,
      reply_to ${integer},
      thread_only ${integer} NOT NULL,
      at ${integer} NOT NULL,
      created_at ${integer} NOT NULL,
      failed_at ${integer},
      failed_code ${text}
    )`,
    "CREATE UNIQUE INDEX scheduled_once ON scheduled (client_id, user_id)",
    "CREATE INDEX scheduled_by_user ON scheduled (user_id, at, id)",
    `CREATE TABLE reminders (
      id ${identityOnce},
      user_id ${integer} NOT NULL REFERENCES users (id),
      message_id ${integer} NOT NULL REFERENCES messages (id),
      at ${integer} NOT NULL,
      told_at ${integer}
    )`,
    "CREATE UNIQUE INDEX reminders_once ON reminders (message_id, user_id)",
    "CREATE INDEX reminders_by_user ON reminders (user_id, at, id)",
  ],
};
