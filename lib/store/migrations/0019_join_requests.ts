/** Requests to join, from where staff let people in. */
import type { Migration } from "./migration.ts";

export const joinRequests: Migration = {
  version: 19,
  compatibleFrom: 11,
  statements: ({ identityOnce, integer, text }) => [
    `CREATE TABLE join_requests (
      id ${identityOnce},
      username ${text} NOT NULL,
      username_key ${text} NOT NULL,
      display_name ${text} NOT NULL,
      password_hash ${text} NOT NULL,
      note ${text} NOT NULL,
      address ${text} NOT NULL,
      state ${text} NOT NULL DEFAULT 'waiting',
      created_at ${integer} NOT NULL,
      decided_at ${integer},
      decided_by ${integer} REFERENCES users (id),
      user_id ${integer} REFERENCES users (id)
    )`,
    "CREATE INDEX join_requests_by_name ON join_requests (username_key, id)",
    "CREATE INDEX join_requests_by_state ON join_requests (state, id)",
  ],
};
