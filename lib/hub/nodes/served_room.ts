/** What the sequence knows of one room. Only data. */
import type { MessageNotice } from "../../chat/notice.ts";

export interface Held {
  notice: MessageNotice;
  /** How many looks had begun when it came: a later one has seen all that was committed before. */
  looks: number;
  /**
   * The look that was known to be needed when it came. It waits for no later one: where other nodes
   * write events all the time there is always a later one.
   */
  needs: number;
  /** It has waited until it was known who may read it. */
  awaitsAccess: boolean;
}

export interface ServedRoom {
  readonly id: number;
  /** The revision that is delivered next. */
  next: number;
  /** Up to which change the members are known here. */
  access: number;
  /** Below it, what is not held was read to be missing: a later edit has taken its place. */
  read: number;
  /** The head that the database is known to have. */
  head: number;
  readonly held: Map<number, Held>;
  /** The revision for which a timer waits; 0: none. */
  awaited: number;
  readonly reaching: { head: number; resolve(): void }[];
}

/** As somebody who is here read it. */
export function beginRoom(id: number, head: number, access: number): ServedRoom {
  const next = head + 1;
  return { id, next, access, read: next, head, held: new Map(), awaited: 0, reaching: [] };
}
