/**
 * What the Enter and the Tab key mean while a list or code is written: the next item, the end of
 * the list, a deeper item. Pure: from what the field holds to a change of it.
 */
import { type FieldChange, type FieldText, joined, lineAt, linesOf, type Piece } from "./field.ts";
import {
  columns,
  contentColumn,
  type ItemMarker,
  itemMarker,
  markerText,
  openFence,
} from "./markers.ts";

/** Where the caret is, as far as the Enter key is concerned. */
export type Surroundings = "code" | "list" | null;

/** Null: there Enter sends. */
export function surroundings(field: FieldText): Surroundings {
  const { text, start } = field;
  const { from } = lineAt(text, start);
  if (inCode(text, from)) return "code";
  return itemAt(field) === null ? null : "list";
}

/** After a line that opens a block of code, and before the one that closes it. */
function inCode(text: string, lineStart: number): boolean {
  return openFence(text.slice(0, lineAt(text, lineStart).to)) !== null;
}

/** The item whose text the caret stands in. */
function itemAt({ text, start }: FieldText): { item: ItemMarker; from: number; to: number } | null {
  const line = lineAt(text, start);
  const item = itemMarker(text.slice(line.from, line.to));
  return item === null || start < line.from + item.length ? null : { item, ...line };
}

/** What Enter does in a list or in code; null where it does nothing of its own. */
export function enter(field: FieldText): FieldChange | null {
  const { text, start, end } = field;
  const line = lineAt(text, start);
  if (inCode(text, line.from)) {
    const indent = /^[ \t]*/.exec(text.slice(line.from, start))![0];
    return typed(start, end, `\n${indent}`);
  }
  const found = itemAt(field);
  if (found === null) return null;
  const { item, from, to } = found;
  if (text.slice(from + item.length, to).trim() === "") return endItem(field, item, from, to);
  const next = {
    ...item,
    number: item.number === null ? null : item.number + 1,
    box: item.box === "" ? "" : "[ ] ",
  };
  return typed(start, end, `\n${markerText(next)}`);
}

/**
 * An item without text ends its list, and goes on with the one around it, if any. Without an empty
 * line what is written next would belong to the last item.
 */
function endItem(field: FieldText, item: ItemMarker, from: number, to: number): FieldChange {
  const outer = columns(item.indent) === 0 ? null : itemAround(field.text, from, item);
  const next = outer && { ...outer, number: outer.number === null ? null : outer.number + 1 };
  const above = from === 0 ? "" : field.text.slice(lineAt(field.text, from - 1).from, from - 1);
  const gap = above.trim() === "" ? "" : "\n";
  const insert = next ? markerText({ ...next, box: next.box && "[ ] " }) : gap;
  return { from, to, insert, start: from + insert.length, end: from + insert.length };
}

function typed(from: number, to: number, insert: string): FieldChange {
  const caret = from + insert.length;
  return { from, to, insert, start: caret, end: caret };
}

/** Tab puts the items of the selection one deeper, with `back` one less deep; null: not possible. */
export function indent(field: FieldText, back: boolean): FieldChange | null {
  const { text } = field;
  const items = linesOf(field).flatMap(({ from, to }) => {
    const item = itemMarker(text.slice(from, to));
    return item === null ? [] : [{ item, from }];
  });
  const first = items[0];
  if (first === undefined || (field.start === field.end && inCode(text, first.from))) return null;
  const target = back
    ? itemAround(text, first.from, first.item)
    : itemBefore(text, first.from, first.item);
  if (target === null) return null;
  const column = back ? columns(target.indent) : contentColumn(target);
  const by = column - columns(first.item.indent);
  const pieces = items.map((one) =>
    shifted(one, by, one === first ? numberFor(target, back) : null)
  );
  const change = joined(field, pieces);
  return field.start === field.end ? change : { ...change, start: change.from };
}

/** Moved to the outer list, an item follows its item; as the first of a new one, it is the first. */
function numberFor(target: ItemMarker, back: boolean): number {
  return back && target.number !== null ? target.number + 1 : 1;
}

function shifted(
  { item, from }: { item: ItemMarker; from: number },
  by: number,
  number: number | null,
): Piece {
  const indent = " ".repeat(Math.max(0, columns(item.indent) + by));
  const renumbered = item.number === null ? null : number ?? item.number;
  return {
    from,
    to: from + item.length,
    insert: markerText({ ...item, indent, number: renumbered }),
  };
}

/** The item above that this one would go below: of the same depth, or deeper. */
function itemBefore(text: string, lineStart: number, { indent }: ItemMarker): ItemMarker | null {
  for (const other of itemsAbove(text, lineStart)) {
    if (columns(other.indent) === columns(indent)) return other;
    if (columns(other.indent) < columns(indent)) return null;
  }
  return null;
}

/** The item that this one is below. */
function itemAround(text: string, lineStart: number, { indent }: ItemMarker): ItemMarker | null {
  for (const other of itemsAbove(text, lineStart)) {
    if (columns(other.indent) < columns(indent)) return other;
  }
  return null;
}

/** From the nearest upward, to where the list begins. */
function* itemsAbove(text: string, lineStart: number): Iterable<ItemMarker> {
  for (let at = lineStart - 1; at >= 0;) {
    const { from, to } = lineAt(text, at);
    const line = text.slice(from, to);
    const item = itemMarker(line);
    if (item !== null) yield item;
    else if (!/^\s/.test(line)) return;
    at = from - 1;
  }
}
