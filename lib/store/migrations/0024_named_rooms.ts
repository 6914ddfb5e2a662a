/** How many rooms have a name is counted in an index: there may be far more direct ones. */
import type { Migration } from "./migration.ts";

export const namedRooms: Migration = {
  version: 24,
  compatibleFrom: 11,
  statements: () => ["CREATE INDEX rooms_with_names ON rooms (kind) WHERE kind <> 'direct'"],
};
