/**
 * A draft as it lies on the browser's shelf, and what is worth lying there: pure functions. It must
 * not know the shelf.
 */
import { cleanText } from "../protocol/text.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Draft } from "./draft.ts";

/** UTF-16 units of a text that are kept: twice what can be sent, so that it can be shortened. */
const KEPT_LENGTH = 32_000;

export function isEmpty({ text, replyTo, edit }: Draft): boolean {
  return text === "" && replyTo === null && edit === null;
}

/** Whether somebody would miss it. */
export function isUnsent({ text, edit }: Draft): boolean {
  return text.trim() !== "" || (edit !== null && edit.text !== edit.target.text);
}

/** Null where it is longer than what is kept. */
export function written(draft: Draft, at: Timestamp): string | null {
  const length = Math.max(draft.text.length, draft.edit?.text.length ?? 0);
  return length > KEPT_LENGTH ? null : JSON.stringify({ ...draft, at });
}

/** What was put there by this program, perhaps by another version of it; null: by none. */
export function parse(value: string): { draft: Draft; at: Timestamp } | null {
  try {
    const kept = JSON.parse(value) as Draft & { at: Timestamp };
    if (typeof kept.text !== "string" || typeof kept.at !== "number") return null;
    const { text, replyTo = null, edit = null, at } = kept;
    const cleanEdit = edit === null ? null : { ...edit, text: cleanText(edit.text) };
    return { draft: { text: cleanText(text), replyTo, edit: cleanEdit }, at };
  } catch {
    return null;
  }
}

/** Whether the draft says what was kept. */
export function isSame(draft: Draft, value: string | null): boolean {
  const kept = value === null ? null : parse(value)?.draft ?? null;
  return kept !== null && kept.text === draft.text && kept.replyTo?.id === draft.replyTo?.id &&
    kept.edit?.target.id === draft.edit?.target.id && kept.edit?.text === draft.edit?.text;
}
