/** Who may show the typing indicator. */

export interface Typing {
  /** Fails if the user may not write in the room now; changes nothing. */
  requireWriter(input: { userId: number; room: number }): Promise<void>;
}
