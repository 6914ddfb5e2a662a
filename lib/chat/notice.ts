/**
 * What the bus carries: what was committed, and signals that are never stored.
 */
import type { SpendingSignal } from "../limits/spending.ts";
import type { Change, DurableChange, OwnThread } from "../store/changes.ts";
import type { Snapshot } from "../store/contract/sync.ts";

export interface TypingSignal {
  type: "typing";
  room: number;
  userId: number;
}

/** What a node says of the people who are connected to it. */
export interface PresenceSignal {
  type: "presence";
  node: string;
  /** One higher each time that somebody moved: who misses one knows that it does. */
  version: number;
  /** Who moved: see `PeopleThere` in the hub. Nobody: the node says that it is there. */
  people: readonly number[];
  /** The node ends, and its people will be on others. */
  leaving?: true;
}

/** There are new rows of durable events: whoever hears it looks (`lib/bus/tail.ts`). */
export interface EventsHint {
  type: "events";
}

/** A message, of which only that much could be carried: whoever needs it reads it from the store. */
export interface MovedHint {
  type: "moved";
  room: number;
  rev: number;
  access: number;
}

/**
 * Threads in which something has changed for somebody, of which nobody could say what: whoever has
 * one of these people here reads it from the store.
 */
export interface ThreadsHint {
  type: "threads";
  room: number;
  roots: number[];
}

export type MessageNotice = Extract<Change, { type: "message" }> & {
  /** The event as connections receive it, once somebody has encoded it. */
  text?: string;
  /** Another node said it. */
  readonly heard?: true;
};

export type Notice =
  | Exclude<Change, { type: "message" }>
  | MessageNotice
  | TypingSignal
  | PresenceSignal
  | SpendingSignal
  | EventsHint
  | MovedHint
  | ThreadsHint;

/** A message's event, encoded once for all connections on all nodes. */
export function messageText(notice: MessageNotice): string {
  // To look at another node's message would read its text again.
  if (notice.text !== undefined) return notice.text;
  const { room, rev, message } = notice;
  return notice.text = JSON.stringify({ type: "message", room, rev, message });
}

export type { Change, DurableChange, OwnThread, Snapshot };
