/**
 * What the bus carries: what was committed, and signals that are never stored.
 */
import type { Change } from "../store/store.ts";
import type { Snapshot } from "../store/contract/sync.ts";

export interface TypingSignal {
  type: "typing";
  room: number;
  userId: number;
}

/** There are new rows of durable events: whoever hears it looks (`lib/bus/tail.ts`). */
export interface EventsHint {
  type: "events";
}

export type Notice = Change | TypingSignal | EventsHint;
export type { Change, Snapshot };
