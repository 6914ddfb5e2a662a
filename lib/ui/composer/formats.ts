/**
 * What can be done to what is selected while one writes, and the keys for it: on the bar, on the
 * keyboard and in the list of keys these are the same. Pure.
 */
import { toggleBlock, toggleLines } from "./blocks.ts";
import type { FieldChange, FieldText } from "./field.ts";
import { toggleLink, toggleMark } from "./marks.ts";

export type FormatName =
  | "bold"
  | "italic"
  | "strike"
  | "code"
  | "link"
  | "quote"
  | "bullets"
  | "numbers"
  | "block";

export interface Format {
  readonly name: FormatName;
  /** With Ctrl, or Command on Apple's keyboards. */
  readonly key: string;
  readonly shift: boolean;
  readonly run: (field: FieldText) => FieldChange;
}

/** In the order of the bar. */
export const FORMATS: readonly Format[] = [
  { name: "bold", key: "B", shift: false, run: (field) => toggleMark(field, "bold") },
  { name: "italic", key: "I", shift: false, run: (field) => toggleMark(field, "italic") },
  { name: "strike", key: "X", shift: true, run: (field) => toggleMark(field, "strike") },
  { name: "link", key: "K", shift: false, run: toggleLink },
  { name: "code", key: "E", shift: false, run: toggleCode },
  { name: "block", key: "E", shift: true, run: toggleBlock },
  { name: "quote", key: "9", shift: true, run: (field) => toggleLines(field, "quote") },
  { name: "bullets", key: "8", shift: true, run: (field) => toggleLines(field, "bullets") },
  { name: "numbers", key: "7", shift: true, run: (field) => toggleLines(field, "numbers") },
];

/** Several lines of code are a block. */
function toggleCode(field: FieldText): FieldChange {
  const selected = field.text.slice(field.start, field.end);
  return selected.trim().includes("\n") ? toggleBlock(field) : toggleMark(field, "code");
}

/** What tells one key from another. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey"
>;

/** On Apple's keyboards Ctrl with a letter moves the caret: Command is theirs. */
export function withCommandKey(event: KeyPress, isApple: boolean): boolean {
  return !event.altKey &&
    (isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey);
}

export function formatFor(event: KeyPress, isApple: boolean): Format | undefined {
  if (!withCommandKey(event, isApple)) return undefined;
  return FORMATS.find(({ key, shift }) => shift === event.shiftKey && isKey(event, key));
}

/** By what the key writes; where that is no Latin letter, by where it is: Ctrl+И is Ctrl+B. */
function isKey({ key, code }: KeyPress, wanted: string): boolean {
  if (/\d/.test(wanted)) return code === `Digit${wanted}`;
  return /^[a-z]$/i.test(key) ? key.toUpperCase() === wanted : code === `Key${wanted}`;
}

/** "Ctrl+Shift+X", "⇧⌘X" */
export function keysText(
  { key, shift = false }: { key: string; shift?: boolean },
  isApple: boolean,
) {
  if (isApple) return `${shift ? "⇧" : ""}⌘${key}`;
  return `Ctrl+${shift ? "Shift+" : ""}${key}`;
}

export function isAppleKeyboard(): boolean {
  return /Mac|iP(?:hone|ad|od)/.test(navigator.platform);
}
