/** Taking a deletion back. */
import type { Message } from "../../protocol/messages.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Undo {
  /**
   * Takes a deletion back, for whoever has made it, as long as what it took away is kept: text,
   * mentions, reactions, who has saved it, earlier texts. Of a message that is not deleted nothing
   * changes.
   */
  restoreMessage(input: { userId: number; message: number; now: Timestamp }): Promise<Message>;
  /** Nobody can take back any more what was deleted before this moment: it is gone. */
  purgeDeleted(input: { before: Timestamp }): Promise<void>;
}
