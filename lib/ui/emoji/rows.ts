/** What the picker shows, row by row: headings and emoji, all rows of one height. Pure. */
import { canonicalEmoji } from "../../protocol/emoji.ts";
import type { Emoji, EmojiSet } from "./emoji_set.ts";
import type { Habits } from "./habits.ts";
import { withoutTone, withTone } from "./tones.ts";

export const COLUMNS = 8;
/** A search stops here: nobody looks through more. */
const MOST_FOUND = 25 * COLUMNS;

/** An emoji in the reader's skin tone. */
export interface ShownEmoji {
  one: Emoji;
  emoji: string;
}

export type PickerRow =
  /** `group`: Unicode's, `CUSTOM`, or those used lately. */
  | { kind: "heading"; group: number | "recent" }
  | { kind: "emoji"; shown: readonly ShownEmoji[] };

/** Of a search: no headings, the likeliest first. Otherwise what was used lately, and all. */
export function pickerRows(set: EmojiSet, query: string, { recent, tone }: Habits): PickerRow[] {
  const show = (one: Emoji): ShownEmoji => ({
    one,
    emoji: one.toned ? withTone(one.emoji, tone) : one.emoji,
  });
  if (query.trim() !== "") {
    const typed = typedEmoji(set, query);
    if (typed !== null) return inRows([typed]);
    return inRows(set.search(query, MOST_FOUND, recent).map(show));
  }
  const used = recent.flatMap((emoji) => set.get(emoji) ?? []).map(show);
  const rows: PickerRow[] = used.length === 0
    ? []
    : [{ kind: "heading", group: "recent" }, ...inRows(used)];
  for (const [group, emoji] of Map.groupBy(set.all, (one) => one.group)) {
    rows.push({ kind: "heading", group }, ...inRows(emoji.map(show)));
  }
  return rows;
}

/** An emoji that was typed or pasted, as it is: also in another tone, and one that has no name yet. */
function typedEmoji(set: EmojiSet, query: string): ShownEmoji | null {
  const emoji = canonicalEmoji(query.trim());
  if (emoji === null) return null;
  const one = set.get(emoji) ?? set.get(withoutTone(emoji));
  return { one: one ?? unnamed(emoji), emoji };
}

function unnamed(emoji: string): Emoji {
  return {
    emoji,
    group: 0,
    version: 0,
    toned: false,
    names: [],
    label: emoji,
    russian: "",
    titles: [],
    titleWords: "",
    words: "",
  };
}

function inRows(emoji: readonly ShownEmoji[]): PickerRow[] {
  const rows: PickerRow[] = [];
  for (let at = 0; at < emoji.length; at += COLUMNS) {
    rows.push({ kind: "emoji", shown: emoji.slice(at, at + COLUMNS) });
  }
  return rows;
}

/** A place in the rows. */
export interface Cell {
  row: number;
  column: number;
}

export function emojiAt(rows: readonly PickerRow[], cell: Cell | null): ShownEmoji | null {
  const row = cell === null ? undefined : rows[cell.row];
  return row?.kind === "emoji" ? row.shown[cell!.column] ?? null : null;
}

/** The place to which a key leads; null where it leads nowhere. `from` null: from before the first. */
export function cellForKey(
  rows: readonly PickerRow[],
  from: Cell | null,
  key: string,
  page: number,
): Cell | null {
  if (from === null) {
    return key === "ArrowDown" || key === "ArrowRight" ? next(rows, -1, 1, 0) : null;
  }
  const { row, column } = from;
  switch (key) {
    case "ArrowDown":
      return next(rows, row, 1, column);
    case "ArrowUp":
      return next(rows, row, -1, column);
    case "PageDown":
      return next(rows, Math.min(row + page, rows.length - 1) - 1, 1, column) ?? from;
    case "PageUp":
      return next(rows, Math.max(row - page, 0) + 1, -1, column) ?? next(rows, -1, 1, column);
    case "ArrowRight":
      return column + 1 < widthOf(rows[row]) ? { row, column: column + 1 } : next(rows, row, 1, 0);
    case "ArrowLeft":
      return column > 0 ? { row, column: column - 1 } : next(rows, row, -1, COLUMNS);
    default:
      return null;
  }
}

export function firstCell(rows: readonly PickerRow[]): Cell | null {
  return next(rows, -1, 1, 0);
}

/** The nearest row of emoji before or after this one, in the column or its last. */
function next(rows: readonly PickerRow[], row: number, step: number, column: number): Cell | null {
  for (let at = row + step; at >= 0 && at < rows.length; at += step) {
    const width = widthOf(rows[at]);
    if (width > 0) return { row: at, column: Math.min(column, width - 1) };
  }
  return null;
}

function widthOf(row: PickerRow | undefined): number {
  return row?.kind === "emoji" ? row.shown.length : 0;
}
