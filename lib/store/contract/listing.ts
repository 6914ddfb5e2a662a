/** The list of a member's rooms, which has an end, and the rooms that are not in it. */
import type { MemberRoom } from "../../protocol/rooms.ts";

export interface Listing {
  /**
   * The user's rooms that are not in their list, the newest first: at most `limit` of those with
   * an id below `before` whose name, or one of whose people, begins with `q`. `next` is where to go
   * on; null at the end. A page may hold fewer than `limit`, or none, and yet not be the last.
   */
  listHiddenRooms(
    input: { userId: number; before: number | null; q: string; limit: number },
  ): Promise<{ rooms: MemberRoom[]; next: number | null }>;
  /** What is to be hidden for the list to hold no more than `KEPT`, with each room's head. */
  surplusRooms(input: { userId: number }): Promise<{ room: number; head: number }[]>;
  /** Hides rooms in which nothing happened since; tells nobody. */
  hideRooms(
    input: { userId: number; rooms: { room: number; head: number }[] },
  ): Promise<void>;
}
