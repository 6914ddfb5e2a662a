/** What staff set for the whole workspace while it runs: a row for each key, its value as JSON. */
import type { Migration } from "./migration.ts";

export const workspace: Migration = {
  version: 15,
  compatibleFrom: 11,
  statements: ({ text }) => [
    `CREATE TABLE workspace (
      key ${text} PRIMARY KEY,
      value ${text} NOT NULL
    )`,
  ],
};
