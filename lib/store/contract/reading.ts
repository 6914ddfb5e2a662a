/** How far members have read, and where they were last. */

export interface Reading {
  /** Remembers the room the user was in last; a room they may not read is `not_found`. */
  rememberRoom(input: { userId: number; room: number }): Promise<void>;
  /** Moves the read mark, never back and never past the room's head. */
  markRead(input: { userId: number; room: number; seq: number }): Promise<void>;
  /** Moves the read mark back to just before `seq`, never forward; told to all of one's devices. */
  markUnread(input: { userId: number; room: number; seq: number }): Promise<void>;
}
