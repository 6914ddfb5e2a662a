/** Who has seen what in a direct room. */
import type { Seen } from "../../protocol/seen.ts";

export interface Seeing {
  /**
   * How far the others of a direct room have seen it; `forbidden` in any other room. It never goes
   * back, also where somebody has marked something unread for themselves.
   */
  listSeen(input: { userId: number; room: number }): Promise<Seen[]>;
}
