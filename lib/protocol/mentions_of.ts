/**
 * Which names a whole message mentions, where nobody reads its markup. A file of its own: the first
 * view of the chat does without it.
 */
import { mayMention, type MentionCandidate, mentionCandidates } from "./mentions.ts";
import { textParts } from "./plain_text.ts";

/**
 * The candidates of a whole message, in order: not in code, not in web addresses. A text with markup
 * has a finer answer: the store asks `lib/markup/` for it.
 */
export function mentionsOf(text: string): MentionCandidate[] {
  if (!mayMention(text)) return [];
  return textParts(text).flatMap((part) =>
    part.type === "text" ? mentionCandidates(part.text) : []
  );
}
