/** Messages by their ids. */
import type { Message } from "../../protocol/messages.ts";

export interface Lookup {
  /** Those of these messages that the user may read now, ascending by id; each once. */
  listMessages(input: { userId: number; ids: readonly number[] }): Promise<Message[]>;
}
