/**
 * Bold, italic, struck and code on what is selected, put on and taken off; links. Pure: from what the
 * field holds to a change of it.
 */
import { type FieldChange, type FieldText, joined, linesOf, type Piece } from "./field.ts";
import { itemMarker, quoteMarker } from "./markers.ts";

export type InlineMark = "bold" | "italic" | "strike" | "code";

interface Stretch {
  from: number;
  to: number;
}

const LETTER = /[\p{L}\p{M}\p{N}_]/u;

export function toggleMark(field: FieldText, mark: InlineMark): FieldChange {
  const { text, start, end } = field;
  if (start === end) return atCaret(field, mark);
  const stretches = contents(field);
  if (stretches.length === 0) return atCaret({ text, start: end, end }, mark);
  const signs = stretches.map((stretch) => signAround(text, stretch, mark));
  const off = signs.every((sign) => sign !== null);
  const pieces = stretches.flatMap((stretch, at) => {
    const sign = signs[at] ?? null;
    if (off) return withoutSign(sign!);
    return sign === null ? withSign(text, stretch, mark) : [];
  });
  const whole = { text, start: stretches[0]!.from, end: stretches.at(-1)!.to };
  return joined(whole, pieces);
}

/** The selection's letters line by line, without what a line begins with and spaces around. */
function contents(field: FieldText): Stretch[] {
  const { text, start, end } = field;
  return linesOf(field).flatMap((line) => {
    const whole = text.slice(line.from, line.to);
    const quote = quoteMarker(whole).length;
    const head = quote + (itemMarker(whole.slice(quote))?.length ?? 0);
    let from = Math.max(start, line.from + (start > line.from + head ? 0 : head));
    let to = Math.min(end, line.to);
    while (from < to && /\s/.test(text[from]!)) from++;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    return from < to ? [{ from, to }] : [];
  });
}

/** Where the signs of a mark stand. */
interface Sign {
  open: number;
  close: number;
  length: number;
}

/** The signs by which a stretch has the mark already, whether they are selected with it or not. */
function signAround(text: string, { from, to }: Stretch, mark: InlineMark): Sign | null {
  for (const sign of signsOf(mark)) {
    const { length } = sign;
    const open = carries(runAfter(text, from, sign[0]!), sign) ? from : from - length;
    const close = carries(runBefore(text, to, sign[0]!), sign) ? to - length : to;
    const isAround = open + length < close &&
      carries(runBefore(text, open + length, sign[0]!), sign) &&
      carries(runAfter(text, close, sign[0]!), sign);
    if (isAround) return { open, close, length };
  }
  return null;
}

function signsOf(mark: InlineMark): string[] {
  return { bold: ["**", "__"], italic: ["_", "*"], strike: ["~~"], code: ["`"] }[mark];
}

/** Whether a run of signs carries this one: three stars are bold and italic, two are bold alone. */
function carries(run: number, sign: string): boolean {
  if (sign === "~~" || sign === "`") return run === sign.length;
  return sign.length === 2 ? run >= 2 : run === 1 || run === 3;
}

function runBefore(text: string, at: number, sign: string): number {
  let from = at;
  while (text[from - 1] === sign) from--;
  return at - from;
}

function runAfter(text: string, at: number, sign: string): number {
  let to = at;
  while (text[to] === sign) to++;
  return to - at;
}

function withoutSign({ open, close, length }: Sign): Piece[] {
  return [
    { from: open, to: open + length, insert: "" },
    { from: close, to: close + length, insert: "" },
  ];
}

function withSign(text: string, { from, to }: Stretch, mark: InlineMark): Piece[] {
  const [open, close] = mark === "code"
    ? codeSigns(text.slice(from, to))
    : Array(2).fill(signFor(text, { from, to }, mark));
  return [{ from, to: from, insert: open! }, { from: to, to, insert: close! }];
}

/** Within a word an underscore is no sign. */
function signFor(text: string, { from, to }: Stretch, mark: InlineMark): string {
  const inWord = LETTER.test(text[from - 1] ?? "") || LETTER.test(text[to] ?? "");
  return signsOf(mark)[mark === "italic" && inWord ? 1 : 0]!;
}

/** One backtick more than the code has in a row, and a space where it begins or ends with one. */
function codeSigns(code: string): [open: string, close: string] {
  const longest = Math.max(0, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const sign = "`".repeat(longest + 1);
  const space = /^`|`$/.test(code) ? " " : "";
  return [sign + space, space + sign];
}

/** A word that the caret is in takes the mark; elsewhere the signs stand ready around the caret. */
function atCaret(field: FieldText, mark: InlineMark): FieldChange {
  const { text, start } = field;
  const word = wordAt(text, start);
  if (word !== null) {
    const sign = signAround(text, word, mark);
    return joined(field, sign ? withoutSign(sign) : withSign(text, word, mark));
  }
  for (const sign of signsOf(mark)) {
    const before = carries(runBefore(text, start, sign[0]!), sign);
    const after = carries(runAfter(text, start, sign[0]!), sign);
    const { length } = sign;
    if (before && after) {
      const at = start - length;
      return { from: at, to: start + length, insert: "", start: at, end: at };
    }
    // Past the closing sign: what is typed next does not have the mark.
    if (after && text.lastIndexOf(sign, start - 1) >= text.lastIndexOf("\n", start - 1)) {
      return { from: start, to: start, insert: "", start: start + length, end: start + length };
    }
  }
  const sign = signsOf(mark)[0]!;
  const at = start + sign.length;
  return { from: start, to: start, insert: sign + sign, start: at, end: at };
}

/** The word with letters on both sides of the caret. */
function wordAt(text: string, caret: number): Stretch | null {
  const before = /[\p{L}\p{M}\p{N}]+$/u.exec(text.slice(Math.max(0, caret - 100), caret));
  const after = /^[\p{L}\p{M}\p{N}]+/u.exec(text.slice(caret, caret + 100));
  if (before === null || after === null) return null;
  return { from: caret - before[0].length, to: caret + after[0].length };
}

/** A web address and nothing else. */
export function isAddress(text: string): boolean {
  return text.length <= 2_048 && /^https?:\/\/[^\s<>]+$/i.test(text) && URL.canParse(text);
}

const LINK = /^\[([^\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)$/;

/** Makes the selection a link: its text or its address is written next. A link becomes text. */
export function toggleLink({ text, start, end }: FieldText): FieldChange {
  const selected = text.slice(start, end);
  const link = LINK.exec(selected);
  if (link !== null) {
    const inner = link[1]!;
    return { from: start, to: end, insert: inner, start, end: start + inner.length };
  }
  if (isAddress(selected)) {
    const insert = `[](${linkTarget(selected)})`;
    return { from: start, to: end, insert, start: start + 1, end: start + 1 };
  }
  const label = linkLabel(selected);
  const caret = selected === "" ? start + 1 : start + label.length + 3;
  return { from: start, to: end, insert: `[${label}]()`, start: caret, end: caret };
}

/** An address that was pasted over a text becomes the text's link; null where it is none. */
export function linkOver({ text, start, end }: FieldText, pasted: string): FieldChange | null {
  const selected = text.slice(start, end);
  const address = pasted.trim();
  const fits = selected.trim() !== "" && !selected.includes("\n") &&
    !/https?:\/\/|\]\(/i.test(selected);
  if (!fits || !isAddress(address)) return null;
  const insert = `[${linkLabel(selected)}](${linkTarget(address)})`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

/** As it may stand between the brackets of a link. */
export function linkLabel(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[[\]\\]/g, "\\$&");
}

/** As it may stand between the brackets of an address. */
export function linkTarget(address: string): string {
  return address.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
