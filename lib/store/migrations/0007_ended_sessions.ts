/**
 * Why sessions ended, for as long as their tokens would have lived: a tab that slept meanwhile
 * comes back with one, and should be told why. It lets nobody in.
 */
import type { Migration } from "./migration.ts";

export const endedSessions: Migration = {
  version: 7,
  statements: ({ integer, text }) => [
    `CREATE TABLE ended_sessions (
      id ${integer} PRIMARY KEY,
      user_id ${integer} NOT NULL REFERENCES users (id),
      expires_at ${integer} NOT NULL,
      reason ${text} NOT NULL
    )`,
    `CREATE INDEX ended_sessions_by_user ON ended_sessions (user_id, expires_at)`,
  ],
};
