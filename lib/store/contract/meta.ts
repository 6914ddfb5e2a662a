/** What the database says of itself. */
import type { Timestamp } from "../../protocol/time.ts";

export interface Meta {
  /** Names this history of the database; new for a new or restored one. */
  epoch(): Promise<string>;
  /** Names this database for good, over restarts and restored backups; a copy bears it too. */
  instance(): Promise<string>;
  /** Proves that a write can be committed now; fails with `unavailable` where it cannot. */
  probe(input: { now: Timestamp }): Promise<void>;
}
