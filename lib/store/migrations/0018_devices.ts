/**
 * What one's other devices are told about a new sign-in, and the codes by which a phone is signed in.
 * `sign_ins.id` is the session's, which may have ended since; `sessions.looked` is the newest older
 * sign-in that this session has acknowledged for itself.
 */
import type { Migration } from "./migration.ts";

export const devices: Migration = {
  version: 18,
  compatibleFrom: 11,
  statements: ({ identityOnce, integer, text }) => [
    `ALTER TABLE sessions ADD COLUMN looked ${integer} NOT NULL DEFAULT 0`,
    `CREATE TABLE sign_ins (
      id ${integer} PRIMARY KEY,
      user_id ${integer} NOT NULL REFERENCES users (id),
      at ${integer} NOT NULL,
      device ${text} NOT NULL,
      address ${text} NOT NULL,
      way ${text} NOT NULL,
      confirmed_by ${integer},
      seen ${integer} NOT NULL DEFAULT 0 CHECK (seen IN (0, 1))
    )`,
    "CREATE INDEX sign_ins_by_user ON sign_ins (user_id, id)",
    "CREATE INDEX sign_ins_unseen ON sign_ins (user_id) WHERE seen = 0",
    // At most one of each user. Codes and claims are kept as their hashes alone.
    `CREATE TABLE phone_links (
      id ${identityOnce},
      user_id ${integer} NOT NULL REFERENCES users (id),
      session_id ${integer} NOT NULL,
      nonce ${text} NOT NULL,
      code_hash ${text} NOT NULL,
      claim_hash ${text},
      state ${text} NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'asked', 'allowed', 'refused', 'done')),
      device ${text},
      address ${text},
      digits ${text},
      created_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL
    )`,
    "CREATE UNIQUE INDEX phone_links_by_user ON phone_links (user_id)",
    "CREATE UNIQUE INDEX phone_links_by_code ON phone_links (code_hash)",
    `CREATE UNIQUE INDEX phone_links_by_claim ON phone_links (claim_hash)
      WHERE claim_hash IS NOT NULL`,
  ],
};
