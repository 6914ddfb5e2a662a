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

export type Notice = Change | TypingSignal;
export type { Change, Snapshot };
