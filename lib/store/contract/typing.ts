/** Who may be told to be writing. */

export interface Typing {
  /** Fails where the user may not write in the room just now; changes nothing. */
  requireWriter(input: { userId: number; room: number }): Promise<void>;
}
