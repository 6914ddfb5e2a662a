/** Invitations, and the rooms into which each leads. */
import type { Migration } from "./migration.ts";

export const invites: Migration = {
  version: 16,
  compatibleFrom: 11,
  statements: ({ identityOnce, integer, text }) => [
    `CREATE TABLE invites (
      id ${identityOnce},
      code ${text} NOT NULL UNIQUE,
      role ${text} NOT NULL,
      uses ${integer},
      used ${integer} NOT NULL DEFAULT 0,
      expires_at ${integer},
      revoked_at ${integer},
      created_by ${integer} NOT NULL REFERENCES users (id),
      created_at ${integer} NOT NULL
    )`,
    "CREATE INDEX invites_by_maker ON invites (created_by, id)",
    `CREATE TABLE invite_rooms (
      invite_id ${integer} NOT NULL REFERENCES invites (id),
      room_id ${integer} NOT NULL REFERENCES rooms (id),
      PRIMARY KEY (invite_id, room_id)
    )`,
  ],
};
