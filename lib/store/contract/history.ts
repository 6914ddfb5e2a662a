/** Pages of a room's history. */
import type { HistoryPage, RoomPreview } from "../../protocol/history.ts";
import type { JsonText } from "../../protocol/json_text.ts";

/** Which page of history: the newest by default; `around` is in the middle of its page. */
export type HistoryAnchor =
  | { before: number }
  | { after: number }
  | { around: number }
  /** Around the first message the caller has not read; the newest if there is none. */
  | { around: "unread" }
  | Record<never, never>;

export interface History {
  /** As text, which is the same for every reader of the same messages. */
  history(
    input: { userId: number; room: number; anchor: HistoryAnchor; limit: number },
  ): Promise<JsonText<HistoryPage>>;
  /** The room's last messages, for who may find it: members and others. */
  previewRoom(input: { userId: number; room: number; limit: number }): Promise<RoomPreview>;
}
