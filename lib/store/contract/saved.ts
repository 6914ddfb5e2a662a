/** A user's saved messages, which nobody else learns of. */
import type { SavedPage } from "../../protocol/saved.ts";

export interface Saved {
  /**
   * Saves a message the user may read, or removes it from the saved ones; repeating changes
   * nothing. At most `LIMITS.saved` are kept, including those in rooms the user has left; one more
   * is `invalid`. A saved message can be removed even after leaving its room.
   */
  saveMessage(input: { userId: number; message: number; on: boolean }): Promise<void>;
  /**
   * At most `limit` of the user's saved messages before `before`, saved last first. Only messages
   * the user may read now: those in a room they left are missing until they come back, and a
   * deleted message is no longer saved.
   */
  listSaved(
    input: { userId: number; before: number | null; limit: number },
  ): Promise<SavedPage>;
}
