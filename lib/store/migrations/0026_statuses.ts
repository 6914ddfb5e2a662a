/** What people say of themselves for a while, and where their clock stands. */
import type { Migration } from "./migration.ts";

export const statuses: Migration = {
  version: 26,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `ALTER TABLE users ADD COLUMN status_emoji ${text}`,
    `ALTER TABLE users ADD COLUMN status_text ${text}`,
    `ALTER TABLE users ADD COLUMN status_until ${integer}`,
    "CREATE INDEX users_by_status_end ON users (status_until) WHERE status_until IS NOT NULL",
    // Null: unknown. Whoever hides it has none.
    `ALTER TABLE users ADD COLUMN time_zone ${text}`,
    `ALTER TABLE users ADD COLUMN hides_time ${integer} NOT NULL DEFAULT 0`,
  ],
};
