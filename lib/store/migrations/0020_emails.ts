/** E-mail addresses with their proofs, and the letters that wait to be sent. */
import type { Migration } from "./migration.ts";

export const emails: Migration = {
  version: 20,
  compatibleFrom: 11,
  statements: ({ identity, integer, text }) => [
    // A proven address is one account's; what is pending may be wanted by several.
    `CREATE TABLE emails (
      user_id ${integer} PRIMARY KEY REFERENCES users (id),
      address ${text},
      address_key ${text},
      proven_at ${integer},
      pending ${text},
      pending_key ${text}
    )`,
    "CREATE UNIQUE INDEX emails_by_key ON emails (address_key)",
    `CREATE TABLE email_proofs (
      token_hash ${text} PRIMARY KEY,
      user_id ${integer} NOT NULL REFERENCES users (id),
      address_key ${text} NOT NULL,
      expires_at ${integer} NOT NULL
    )`,
    "CREATE INDEX email_proofs_by_user ON email_proofs (user_id)",
    "CREATE INDEX email_proofs_by_end ON email_proofs (expires_at)",
    `CREATE TABLE letters (
      id ${identity},
      kind ${text} NOT NULL,
      user_id ${integer} REFERENCES users (id),
      address ${text},
      language ${text},
      detail ${text} NOT NULL,
      created_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      try_at ${integer} NOT NULL,
      tries ${integer} NOT NULL
    )`,
    "CREATE INDEX letters_by_try ON letters (try_at, id)",
    "CREATE INDEX letters_by_end ON letters (expires_at)",
    "CREATE INDEX letters_by_user ON letters (user_id, kind)",
  ],
};
