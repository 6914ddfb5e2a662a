/** What the reader may do, as `protocol/permissions.ts` answers it. Pure. */
import type { User } from "../protocol/people.ts";
import type { Message } from "../protocol/messages.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { MessageFacts, Standing } from "../protocol/permissions.ts";

/** The facts that `protocol/permissions.ts` asks for. */
export function standing(user: User, room: MemberRoom): Standing {
  return {
    user,
    kind: room.kind,
    archived: room.archived,
    member: room.membership.role,
    group: room.group === true,
  };
}

export function messageFacts(message: Message, user: User): MessageFacts {
  return { isAuthor: message.userId === user.id, deleted: message.deletedAt !== null };
}
