/** Identities at other places, the sessions that began with one, and what works only once. */
import type { Migration } from "./migration.ts";

export const oidc: Migration = {
  version: 17,
  compatibleFrom: 11,
  statements: ({ identity, integer, text }) => [
    `CREATE TABLE identities (
      id ${identity},
      user_id ${integer} NOT NULL REFERENCES users (id),
      issuer ${text} NOT NULL,
      subject ${text} NOT NULL,
      provider ${text} NOT NULL,
      label ${text} NOT NULL,
      created_at ${integer} NOT NULL,
      last_used ${integer}
    )`,
    "CREATE UNIQUE INDEX identities_once ON identities (issuer, subject)",
    "CREATE INDEX identities_by_user ON identities (user_id, id)",
    // Gone with its session, also where a program ends it that does not know this table.
    `CREATE TABLE upstream_sessions (
      session_id ${integer} PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
      user_id ${integer} NOT NULL REFERENCES users (id),
      issuer ${text} NOT NULL,
      subject ${text} NOT NULL,
      provider ${text} NOT NULL,
      upstream ${text},
      id_token ${text}
    )`,
    "CREATE INDEX upstream_sessions_by_person ON upstream_sessions (issuer, subject)",
    "CREATE INDEX upstream_sessions_by_session ON upstream_sessions (issuer, upstream)",
    `CREATE TABLE spent_once (
      hash ${text} PRIMARY KEY,
      expires_at ${integer} NOT NULL
    )`,
    "CREATE INDEX spent_once_by_end ON spent_once (expires_at)",
  ],
};
