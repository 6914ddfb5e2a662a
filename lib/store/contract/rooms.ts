/** Rooms: looking at them, making them, changing their name, topic and archive. */
import type { MemberRoom, Room } from "../../protocol/rooms.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Rooms {
  /** Public rooms whose name contains `q`, without case, most members first, at most `limit`. */
  browseRooms(input: { userId: number; q: string; limit: number }): Promise<Room[]>;
  /** With `membership` where the caller has one. */
  getRoom(input: { userId: number; room: number }): Promise<Room | MemberRoom>;
  createRoom(input: {
    userId: number;
    kind: "public" | "private";
    name: string;
    topic: string;
    now: Timestamp;
  }): Promise<MemberRoom>;
  /**
   * The one direct room of exactly these people (the caller is added), back in the caller's list.
   * Where there is none it is made, and shows to the others with its first message; `rate_limited`
   * where it would have to be made and `mayMake` is false.
   */
  openDirect(
    input: { userId: number; users: number[]; mayMake?: boolean; now: Timestamp },
  ): Promise<{ room: MemberRoom; created: boolean }>;
  updateRoom(input: {
    userId: number;
    room: number;
    name?: string | undefined;
    topic?: string | undefined;
    archived?: boolean | undefined;
  }): Promise<MemberRoom>;
}
