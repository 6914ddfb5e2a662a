/** Rooms: getting and creating them, changing their name and topic, archiving them. */
import type { MemberRoom, Room } from "../../protocol/rooms.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Rooms {
  /** Public rooms whose name contains `q`, ignoring case, most members first, at most `limit`. */
  browseRooms(input: { userId: number; q: string; limit: number }): Promise<Room[]>;
  /** With `membership` if the caller is a member. */
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
   * If there is none, it is created, and appears to the others with its first message;
   * `rate_limited` if it would have to be created and `mayMake` is false.
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
