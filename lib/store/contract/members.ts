/** Who is in a room, and what members set for themselves. */
import type { Member, Membership, Notify } from "../../protocol/members.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Members {
  /** By username. */
  listMembers(input: { userId: number; room: number }): Promise<Member[]>;
  /** By id, after `after`. */
  pageMembers(
    input: { userId: number; room: number; after: number; limit: number },
  ): Promise<Member[]>;
  /** The same room as several members see it; users who are not members are left out. */
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
   * `hidden`: takes a direct room out of the user's list until something happens in it, or puts it
   * back. `forbidden` for other rooms, which are left instead.
   */
  updateMembership(
    input: {
      userId: number;
      room: number;
      notify?: Notify | undefined;
      hidden?: boolean | undefined;
      favourite?: boolean | undefined;
    },
  ): Promise<Membership>;
}
