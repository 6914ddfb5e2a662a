/** People as staff list them, and erased accounts with what is still to be taken away of them. */
import type { Migration } from "./migration.ts";

export const staff: Migration = {
  version: 22,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `ALTER TABLE users ADD COLUMN erased_at ${integer}`,
    "CREATE INDEX users_by_role ON users (role, username_key)",
    "CREATE INDEX users_by_state ON users (disabled, username_key)",
    "CREATE INDEX join_requests_by_user ON join_requests (user_id)",
    // `after_message`: up to which message all have been looked at, since no index has their authors.
    `CREATE TABLE erasures (
      user_id ${integer} PRIMARY KEY REFERENCES users (id),
      texts ${text} NOT NULL CHECK (texts IN ('keep', 'take')),
      after_message ${integer} NOT NULL DEFAULT 0
    )`,
  ],
};
