/** What people say of themselves for a while ends by itself. They set it with `updateMe`. */
import type { Timestamp } from "../../protocol/time.ts";

export interface Statuses {
  /** When the next one ends; null if none does. */
  nextStatusEnd(): Promise<Timestamp | null>;
  /** Takes away those whose end has come, some at a time; each is told of as a changed user. */
  endStatuses(input: { now: Timestamp }): Promise<void>;
}
