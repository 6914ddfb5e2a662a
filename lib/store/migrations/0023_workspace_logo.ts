/** The workspace's picture: one row, its bytes as base64, which every database copies as text. */
import type { Migration } from "./migration.ts";

export const workspaceLogo: Migration = {
  version: 23,
  compatibleFrom: 11,
  statements: ({ text }) => [
    `CREATE TABLE workspace_logo (
      version ${text} PRIMARY KEY,
      type ${text} NOT NULL,
      data ${text} NOT NULL
    )`,
  ],
};
