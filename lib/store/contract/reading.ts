/** How far members have read, and where they were last. */

import type { Timestamp } from "../../protocol/time.ts";

export interface Reading {
  /** Remembers the room the user was in last; a room they may not read is `not_found`. */
  rememberRoom(input: { userId: number; room: number }): Promise<void>;
  /**
   * Moves the read mark, never back and never past the room's head. In a direct room the others may
   * know of it (`listSeen`), and when.
   */
  markRead(input: { userId: number; room: number; seq: number; now: Timestamp }): Promise<void>;
  /** Moves the read mark back to just before `seq`, never forward; told to all of one's devices. */
  markUnread(input: { userId: number; room: number; seq: number }): Promise<void>;
}
