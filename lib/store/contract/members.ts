/** Who is in a room, and what members set for themselves. */
import type { Member, Membership, Notify } from "../../protocol/members.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Members {
  /** By username. */
  listMembers(input: { userId: number; room: number }): Promise<Member[]>;
  /** By id, from behind `after`. */
  pageMembers(
    input: { userId: number; room: number; after: number; limit: number },
  ): Promise<Member[]>;
  /** The same room as several of its members see it; who is none is left out. */
  memberRooms(
    input: { room: number; userIds: number[] },
  ): Promise<{ userId: number; room: MemberRoom }[]>;
  /** Join, or add somebody; adding a member again changes nothing. */
  addMember(
    input: { actorId: number; room: number; userId: number; now: Timestamp },
  ): Promise<void>;
  /** Leave, or remove somebody. When the last owner leaves, the oldest member takes over. */
  removeMember(input: { actorId: number; room: number; userId: number }): Promise<void>;
  /**
   * `hidden`: out of one's own list until something happens in the room (a direct one; others are
   * left: `forbidden`), or back in it.
   */
  updateMembership(
    input: {
      userId: number;
      room: number;
      notify?: Notify | undefined;
      hidden?: boolean | undefined;
    },
  ): Promise<Membership>;
}
