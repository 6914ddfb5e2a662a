/**
 * How a session began and when its holder last proved who they are, and what an account may have as
 * its second factor. `confirmed_at` is null where an older program opened the session: then it is
 * the time of its beginning.
 */
import type { Migration } from "./migration.ts";

export const secondFactor: Migration = {
  version: 13,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `ALTER TABLE sessions ADD COLUMN way ${text} NOT NULL DEFAULT 'password'`,
    `ALTER TABLE sessions ADD COLUMN confirmed_at ${integer}`,
    // Sign-ins that wait for a second factor, each under the hash of its ticket.
    `CREATE TABLE pending_sign_ins (
      hash ${text} PRIMARY KEY,
      user_id ${integer} NOT NULL REFERENCES users (id),
      way ${text} NOT NULL,
      expires_at ${integer} NOT NULL,
      tries ${integer} NOT NULL DEFAULT 0
    )`,
    "CREATE INDEX pending_sign_ins_by_user ON pending_sign_ins (user_id, expires_at)",
    // An authenticator app. `secret` is null until its first code has come; `next_secret` is that of
    // an app being set up, so that the one before works until then.
    `CREATE TABLE totp (
      user_id ${integer} PRIMARY KEY REFERENCES users (id),
      secret ${text},
      last_step ${integer} NOT NULL DEFAULT 0,
      since ${integer},
      next_secret ${text},
      next_until ${integer} NOT NULL DEFAULT 0
    )`,
    `CREATE TABLE recovery_codes (
      user_id ${integer} NOT NULL REFERENCES users (id),
      hash ${text} NOT NULL,
      PRIMARY KEY (user_id, hash)
    )`,
  ],
};
