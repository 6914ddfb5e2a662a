/**
 * A draft as stored on the browser's shelf, and whether it is worth storing: pure functions. It
 * must not know the shelf.
 */
import { cleanText } from "../protocol/text.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Draft } from "./draft.ts";

/**
 * UTF-16 units of a text that are stored: twice what can be sent, so that it can be shortened
 * later.
 */
const KEPT_LENGTH = 32_000;

export function isEmpty({ text, replyTo, edit }: Draft): boolean {
  return text === "" && replyTo === null && edit === null;
}

/** Whether the draft is worth storing. */
export function isUnsent({ text, edit }: Draft): boolean {
  return text.trim() !== "" || (edit !== null && edit.text !== edit.target.text);
}

/**
 * Null if it is too long to store.
 * @param unseen it takes the place of another tab's draft that was not seen here
 */
export function written(draft: Draft, at: Timestamp, unseen = false): string | null {
  const length = Math.max(draft.text.length, draft.edit?.text.length ?? 0);
  return length > KEPT_LENGTH ? null : JSON.stringify({ ...draft, at, ...(unseen && { unseen }) });
}

interface KeptOnShelf {
  draft: Draft;
  at: Timestamp;
  /** See `written`. */
  unseen: boolean;
}

/** Parses what this program, perhaps another version of it, stored; null if it did not. */
export function parseDraft(value: string): KeptOnShelf | null {
  try {
    const kept = JSON.parse(value) as Draft & Omit<KeptOnShelf, "draft">;
    if (typeof kept.text !== "string" || typeof kept.at !== "number") return null;
    const { text, replyTo = null, edit = null, at, unseen = false } = kept;
    const cleanEdit = edit === null ? null : { ...edit, text: cleanText(edit.text) };
    return { draft: { text: cleanText(text), replyTo, edit: cleanEdit }, at, unseen };
  } catch {
    return null;
  }
}

/** Whether the draft equals the stored one. */
export function isSame(draft: Draft | undefined, value: string | null): boolean {
  const kept = value === null ? null : parseDraft(value)?.draft ?? null;
  return kept !== null && kept.text === draft?.text && kept.replyTo?.id === draft.replyTo?.id &&
    kept.edit?.target.id === draft.edit?.target.id && kept.edit?.text === draft.edit?.text;
}
