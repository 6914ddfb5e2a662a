/** Which groups a text mentions. Knows no members. */
import { type GroupMention, isGroupName } from "./group_mentions.ts";
import { mentionKeys } from "./mentions.ts";
import { mentionsOf } from "./mentions_of.ts";

/**
 * Which groups a text may mention; a member with such a name, from before it was refused, is meant
 * instead. Costs nothing where there is no `@`.
 */
export function groupsIn(text: string): ReadonlySet<GroupMention> {
  const found = new Set<GroupMention>();
  for (const { name } of mentionsOf(text)) {
    for (const key of mentionKeys(name)) if (isGroupName(key)) found.add(key);
  }
  return found;
}
