/** What the reader may do, according to `protocol/permissions.ts`. Pure. */
import type { User } from "../protocol/people.ts";
import type { Message } from "../protocol/messages.ts";
import type { WorkspaceHere } from "../protocol/workspace.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { mayInvite } from "../protocol/door_permissions.ts";
import {
  mayBrowse,
  mayMakeRoom,
  type MessageFacts,
  type Standing,
} from "../protocol/permissions.ts";

/** What a user may start, whatever rooms they are in. */
export function mayBegin(
  user: User,
  { publicRooms, privateRooms, inviters }: Omit<WorkspaceHere, "name" | "logo">,
): { browse: boolean; direct: boolean; public: boolean; private: boolean; invite: boolean } {
  return {
    invite: mayInvite(user, inviters) === "allowed",
    browse: mayBrowse(user) === "allowed",
    direct: mayMakeRoom(user) === "allowed",
    public: mayMakeRoom(user, publicRooms) === "allowed",
    private: mayMakeRoom(user, privateRooms) === "allowed",
  };
}

/** The facts that the rules about a room ask for. */
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
