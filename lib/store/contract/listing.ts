/** A member's room list, which is bounded, and their rooms that are not in it. */
import type { JsonList } from "../../protocol/json_text.ts";
import type { HiddenRooms } from "../../protocol/listing.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";

/** The part of the snapshot (`sync.ts`) that is the list. */
export interface RoomList {
  rooms: JsonList<MemberRoom>;
  /** Of these rooms, in their order. */
  ids: readonly number[];
  surplus: boolean;
  hidden: HiddenRooms;
}

export interface Listing {
  listRooms(input: { userId: number }): Promise<RoomList>;
  /**
   * The user's rooms that are not in their list, newest first: at most `limit` of those with an id
   * below `before` whose name, or one of whose people, begins with `q`. `next` is where to
   * continue; null at the end. A page may hold fewer than `limit` rooms, or none, without being the
   * last.
   */
  listHiddenRooms(
    input: { userId: number; before: number | null; q: string; limit: number },
  ): Promise<{ rooms: MemberRoom[]; next: number | null }>;
  /** The rooms to hide so that the list holds no more than `KEPT`, with each room's head. */
  surplusRooms(input: { userId: number }): Promise<{ room: number; head: number }[]>;
  /** Hides these rooms if nothing has happened in them since; announces nothing. */
  hideRooms(
    input: { userId: number; rooms: { room: number; head: number }[] },
  ): Promise<void>;
}
