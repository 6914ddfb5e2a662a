/** Who is offered to give a thread a title, by the rule that the server asks: it has the last word. */
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayTitle } from "../../protocol/thread_permissions.ts";
import { standing } from "../rights.ts";

/** @param messages those of the thread that are loaded: a root names only the last who replied */
export function mayNameThread(
  me: User,
  room: MemberRoom,
  root: Message,
  messages: readonly Message[],
): boolean {
  const { replies, deletedAt, userId: author } = root;
  const writes = author === me.id || (replies?.users.includes(me.id) ?? false) ||
    messages.some((message) => message.userId === me.id && message.deletedAt === null);
  const empty = deletedAt !== null && (replies?.count ?? 0) === 0;
  return mayTitle(standing(me, room), { writes, empty }) === "allowed";
}
