/** Rooms that a member wants to have first. */
import type { Migration } from "./migration.ts";

export const favourites: Migration = {
  version: 25,
  compatibleFrom: 11,
  statements: ({ integer }) => [
    `ALTER TABLE members ADD COLUMN favourite ${integer} NOT NULL DEFAULT 0`,
  ],
};
