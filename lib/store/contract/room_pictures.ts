/** Rooms' pictures, in the database. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { KeptPicture, NewPicture } from "../../protocol/small_pictures.ts";

export interface RoomPictures {
  /** In the place of the one before; null removes it. By the rule for changing a room's name. */
  setRoomPicture(
    input: { userId: number; room: number; picture: NewPicture | null },
  ): Promise<MemberRoom>;
  /** Null if that is not the room's picture now; `not_found` for who may not see the room. */
  roomPicture(
    input: { userId: number; room: number; version: string },
  ): Promise<KeptPicture | null>;
}
