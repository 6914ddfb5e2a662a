/** What the database says about itself. */
import type { DurableChange } from "../changes.ts";
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
  /**
   * Durable changes that were written as rows, by id: on SQLite those of the operator's commands,
   * which change the database beside the server. At most 500, since a time, after an id.
   */
  eventsAfter(input: { after: number; since: Timestamp }): Promise<{
    last: number;
    changes: DurableChange[];
  }>;
}
