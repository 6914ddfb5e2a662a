/** Links that set a new password, each once. Of a link only its token's hash is kept. */
import type { Migration } from "./migration.ts";

export const recovery: Migration = {
  version: 14,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `CREATE TABLE resets (
      token_hash ${text} PRIMARY KEY,
      user_id ${integer} NOT NULL REFERENCES users (id),
      origin ${text} NOT NULL,
      maker_id ${integer} REFERENCES users (id),
      created_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL
    )`,
    "CREATE INDEX resets_by_user ON resets (user_id, created_at)",
    "CREATE INDEX resets_by_maker ON resets (maker_id)",
    "CREATE INDEX resets_by_end ON resets (expires_at)",
  ],
};
