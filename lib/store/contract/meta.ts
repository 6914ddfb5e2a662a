/** What the database says about itself. */
import type { Timestamp } from "../../protocol/time.ts";

export interface Meta {
  /** Names this history of the database; new for a new or restored one. */
  epoch(): Promise<string>;
  /**
   * Names this database permanently, across restarts and restored backups; a copy has the same
   * name.
   */
  instance(): Promise<string>;
  /** Proves that a write can be committed now; fails with `unavailable` if not. */
  probe(input: { now: Timestamp }): Promise<void>;
}
