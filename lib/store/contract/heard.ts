/** Which voice messages were heard, and by whom. */
export interface Hearing {
  /**
   * Notes that the user has heard a voice message which they may read: for their own devices, and in
   * a direct room for its author. Repeating it changes nothing, nor does one's own message or one
   * without a voice.
   */
  hearMessage(input: { userId: number; message: number }): Promise<void>;
  /**
   * Of these messages, others' that the user has heard, and the user's own of direct rooms that
   * somebody else has heard. In no order.
   */
  listHeard(input: { userId: number; messages: readonly number[] }): Promise<number[]>;
}
