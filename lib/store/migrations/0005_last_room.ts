/**
 * The room that somebody was in last, so that the chat opens there: on every device, and in the
 * page that the server writes. Null before the first room was opened.
 */
import type { Migration } from "./migration.ts";

export const lastRoom: Migration = {
  version: 5,
  statements: ({ integer }) => [`ALTER TABLE users ADD COLUMN last_room ${integer}`],
};
