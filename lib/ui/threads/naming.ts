/** Who is offered to give a thread a title. The server has the last word. */
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import { mayManageRoom, mayWrite } from "../../protocol/permissions.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { standing } from "../rights.ts";

/** @param messages those of the thread that are loaded: a root names only the last who replied */
export function mayNameThread(
  me: User,
  room: MemberRoom,
  root: Message,
  messages: readonly Message[],
): boolean {
  const facts = standing(me, room);
  if (mayWrite(facts) !== "allowed") return false;
  return root.userId === me.id || mayManageRoom(facts) === "allowed" ||
    (root.replies?.users.includes(me.id) ?? false) ||
    messages.some(({ userId }) => userId === me.id);
}
