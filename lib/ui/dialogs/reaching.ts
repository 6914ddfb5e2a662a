/**
 * How many people a text mentions as a group, at most: who is about to mention more than a few is
 * asked first (`ReachDialog.tsx`). It must not know what is asked.
 */
import type { GroupMention } from "../../protocol/group_mentions.ts";
import { groupsIn } from "../../protocol/groups_in.ts";
import type { View } from "../view.ts";

/** More people than this are not mentioned by mistake. */
export const MANY = 20;

export interface Reach {
  group: GroupMention;
  /** Of those who are online somewhere nobody knows here who is in the room. */
  most: number;
}

/**
 * Null where the text needs no question. @param before what the message said until now: a group that
 * it mentioned is not mentioned again
 */
export function wideReach({ state }: View, room: number, text: string, before = ""): Reach | null {
  const [groups, former] = [groupsIn(text), groupsIn(before)];
  const group = groups.has("room") ? "room" : groups.has("here") ? "here" : null;
  if (group === null || former.has(group)) return null;
  const me = state.me.peek().id;
  const members = (state.rooms.peek().get(room)?.memberCount ?? 1) - 1;
  const online =
    [...state.presence.peek()].filter(([id, status]) => status === "online" && id !== me).length;
  const most = group === "room" ? members : Math.min(members, online);
  return most > MANY ? { group, most } : null;
}
