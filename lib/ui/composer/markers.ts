/**
 * What stands at the beginning of a line and says what the line is: an item of a list, a quote, a
 * fence of code. Pure; it must not know what is done with it.
 */

/** The beginning of an item. */
export interface ItemMarker {
  indent: string;
  /** "-", "*", "+"; or the number's dot or bracket. */
  sign: string;
  /** Null in a list without numbers. */
  number: number | null;
  /** The spaces after the sign. */
  space: string;
  /** "[ ] " in a list of tasks. */
  box: string;
  /** Of all of it. */
  length: number;
}

/** Three digits at most: "2026. What a year" begins no list. */
const ITEM = /^([ \t]*)(?:([-*+])|(\d{1,3})([.)]))([ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?/;

/** The item that a line begins; null if it begins none. */
export function itemMarker(line: string): ItemMarker | null {
  const match = ITEM.exec(line);
  if (match === null) return null;
  const [whole, indent = "", bullet, number, bracket, space = "", box = ""] = match;
  // "-" alone is a dash on its way to become something.
  if (space === "" && line.length === whole.length) return null;
  return {
    indent,
    sign: bullet ?? bracket!,
    number: number === undefined ? null : Number(number),
    space,
    box,
    length: whole.length,
  };
}

/** The beginning of another item of the same list. */
export function markerText({ indent, sign, number, space, box }: ItemMarker): string {
  return `${indent}${number ?? ""}${sign}${space}${box}`;
}

/** How far the item's text is from the margin: what stands below it begins there. */
export function contentColumn({ indent, sign, number }: ItemMarker): number {
  return columns(indent) + `${number ?? ""}${sign} `.length;
}

/** A tab reaches to the next fourth column. */
export function columns(indent: string): number {
  let at = 0;
  for (const one of indent) at = one === "\t" ? at + 4 - at % 4 : at + 1;
  return at;
}

/** The signs of a quote, and of quotes in it. */
export function quoteMarker(line: string): string {
  return /^(?: {0,3}> ?)*/.exec(line)![0];
}

const FENCE = /^ {0,3}(?:> ?)*(`{3,}(?!.*`)|~{3,})(.*)$/;

/** The fence that a text leaves open at its end, null if none: what follows is code. */
export function openFence(text: string): string | null {
  let open: string | null = null;
  for (const line of text.split("\n")) {
    const match = FENCE.exec(line);
    if (match === null) continue;
    const [, fence = "", rest = ""] = match;
    if (open === null) open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length && rest.trim() === "") open = null;
  }
  return open;
}

/** A fence that nothing in this code ends. */
export function fenceFor(code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  return "`".repeat(longest + 1);
}
