/** Pages of a room's history. */
import type { HistoryPage } from "../../protocol/history.ts";

/** Which page of history: the newest where nothing is given. `around` is in the middle. */
export type HistoryAnchor =
  | { before: number }
  | { after: number }
  | { around: number }
  /** Around the first message that the caller has not read; the newest where there is none. */
  | { around: "unread" }
  | Record<never, never>;

export interface History {
  history(
    input: { userId: number; room: number; anchor: HistoryAnchor; limit: number },
  ): Promise<HistoryPage>;
}
