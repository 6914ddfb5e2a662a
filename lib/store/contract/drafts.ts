/** What somebody has written and not sent, which nobody else learns of. */
import type { KeptDraft } from "../../protocol/drafts.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** `thread`: the root, or any reply below it. */
export interface DraftPlace {
  userId: number;
  room: number;
  thread: number | null;
}

export interface Drafts {
  /**
   * Keeps the draft of a room that the user may read, or of a thread there, in the place of the one
   * before; a blank text takes it away. At most `KEPT_DRAFTS.count`; one more is `invalid`.
   */
  setDraft(
    input: DraftPlace & { text: string; replyTo: number | null; now: Timestamp },
  ): Promise<void>;
  /** Also where the room cannot be read any more, as long as there is one. */
  dropDraft(input: DraftPlace): Promise<void>;
  /** All of them, written last first. */
  listDrafts(input: { userId: number }): Promise<KeptDraft[]>;
  /** One, for the user's connections; null if there is none. */
  findDraft(input: DraftPlace): Promise<KeptDraft | null>;
}
