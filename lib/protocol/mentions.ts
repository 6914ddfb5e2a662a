/**
 * Which names a text mentions. Shared by the store, which resolves them to members, and the
 * browser, which shows them; imports nothing.
 */

/** `@name` at the start of a word: not inside an address such as `me@example.org`. */
const MENTION = /(?<![\p{L}\p{M}\p{N}_.@/-])@([\p{L}\p{M}\p{N}_.-]{3,64})/gu;

/** The form of a username by which it is compared and unique. */
export function usernameKey(username: string): string {
  return username.normalize("NFKC").toLowerCase();
}

/** A stretch of text that may mention a user. */
export interface MentionCandidate {
  /** Where the `@` stands. */
  index: number;
  /** The name after it, as written. */
  name: string;
}

/** Every `@name` in the text, in order. */
export function mentionCandidates(text: string): MentionCandidate[] {
  return Array.from(text.matchAll(MENTION), (match) => ({ index: match.index, name: match[1]! }));
}

/**
 * The keys that a candidate may stand for: the whole name, and the name without the full stop or
 * dashes that end a sentence ("ask @ann.").
 */
export function mentionKeys(name: string): string[] {
  const key = usernameKey(name);
  const trimmed = key.replace(/[.-]+$/, "");
  return trimmed === key ? [key] : [key, trimmed];
}
