/** Passkeys, with the public half of each. */
import type { Migration } from "./migration.ts";

export const passkeys: Migration = {
  version: 21,
  compatibleFrom: 11,
  statements: ({ identity, integer, text }) => [
    `CREATE TABLE passkeys (
      id ${identity},
      user_id ${integer} NOT NULL REFERENCES users (id),
      credential ${text} NOT NULL,
      public_key ${text} NOT NULL,
      counter ${integer} NOT NULL,
      transports ${text} NOT NULL,
      name ${text} NOT NULL,
      synced ${integer} NOT NULL,
      alone ${integer} NOT NULL,
      after_password ${integer} NOT NULL,
      created_at ${integer} NOT NULL,
      last_used ${integer}
    )`,
    "CREATE UNIQUE INDEX passkeys_once ON passkeys (credential)",
    "CREATE INDEX passkeys_by_user ON passkeys (user_id, id)",
  ],
};
