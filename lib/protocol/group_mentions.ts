/**
 * Mentions of many at once: `@here` reaches who is online, `@room` every member. Shared by the store,
 * which finds whom they reach, and the browser, which asks before they reach many. It knows no
 * members, and nobody's presence.
 */
import { GROUP_NAMES } from "./names.ts";

/** `room` reaches whom `here` reaches too. */
export type GroupMention = "here" | "room";

/** How many of those whom it reaches a message names: it goes to every member. */
export const MOST_LISTED = 100;

export function isGroupName(key: string): key is GroupMention {
  return GROUP_NAMES.has(key);
}

/**
 * Whether a message is for this reader: mentioned by name or in a group, and not the author. Of a
 * group that is larger than the list nobody knows who is not in it: it was for everybody who got it.
 */
export function concerns(
  { userId, mentions, mentionsAll }: {
    userId: number;
    mentions: readonly number[];
    mentionsAll?: GroupMention;
  },
  reader: number,
): boolean {
  if (userId === reader) return false;
  return mentions.includes(reader) ||
    (mentionsAll !== undefined && mentions.length >= MOST_LISTED);
}
