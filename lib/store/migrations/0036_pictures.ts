/**
 * Pictures of people and rooms, one each, as base64: small, so that they are where everything else
 * of a person is (docs/decisions/0053). `rooms.picture` is the address, as `users.avatar` is.
 */
import type { Migration } from "./migration.ts";

export const pictures: Migration = {
  version: 36,
  compatibleFrom: 11,
  statements: ({ integer, text }) => [
    `CREATE TABLE avatars (
      user_id ${integer} PRIMARY KEY REFERENCES users (id),
      version ${text} NOT NULL,
      type ${text} NOT NULL,
      data ${text} NOT NULL
    )`,
    `CREATE TABLE room_pictures (
      room_id ${integer} PRIMARY KEY REFERENCES rooms (id),
      version ${text} NOT NULL,
      type ${text} NOT NULL,
      data ${text} NOT NULL
    )`,
    `ALTER TABLE rooms ADD COLUMN picture ${text}`,
  ],
};
