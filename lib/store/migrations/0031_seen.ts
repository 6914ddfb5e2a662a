/** How far people have seen a direct room, and when they got there: it never moves back. */
import type { Migration } from "./migration.ts";

export const seen: Migration = {
  version: 31,
  compatibleFrom: 11,
  statements: ({ integer }) => [
    `ALTER TABLE members ADD COLUMN seen_seq ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE members ADD COLUMN seen_at ${integer}`,
  ],
};
