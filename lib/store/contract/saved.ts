/** One's own bookmarks, which nobody else learns of. */
import type { SavedPage } from "../../protocol/saved.ts";

export interface Saved {
  /**
   * Saves a message that the user may read, or takes it out again; twice changes nothing. At most
   * `LIMITS.saved` are kept, in rooms that the user has left among them; one more is `invalid`.
   * What one has saved can be taken out without its room, too.
   */
  saveMessage(input: { userId: number; message: number; on: boolean }): Promise<void>;
  /**
   * At most `limit` of the user's saved messages, the last one saved first, from those before the
   * place `before`. Only what the user may read now: what is in a room that was left is not there
   * until they come back, and a message that was deleted is saved no more.
   */
  listSaved(
    input: { userId: number; before: number | null; limit: number },
  ): Promise<SavedPage>;
}
