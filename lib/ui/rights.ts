/** What the reader may do, as `protocol/permissions.ts` answers it. Pure. */
import type { User } from "../protocol/people.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Standing } from "../protocol/permissions.ts";

/** The facts that `protocol/permissions.ts` asks for. */
export function standing(user: User, room: MemberRoom): Standing {
  return {
    userRole: user.role,
    kind: room.kind,
    archived: room.archived,
    member: room.membership.role,
    group: room.group === true,
  };
}
