/** The elements of Matroska and WebM: a kind, a length, a content. (RFC 8794) */
import type { Bytes, Steps } from "./bytes.ts";

/** An element that nobody reads. */
const VOID = 0xec;

export interface MatroskaElement {
  id: number;
  /** Where it begins, where its content begins, and where it ends. */
  at: number;
  from: number;
  to: number;
}

/** A number whose first bits say its length, and the place behind it. */
export interface MatroskaNumber {
  value: number;
  to: number;
}

/** What stands in an element; what is none ends it. */
export function* elementsIn(
  bytes: Bytes,
  outer: Pick<MatroskaElement, "from" | "to">,
  steps: Steps,
): Generator<MatroskaElement> {
  for (let at = outer.from; at < outer.to;) {
    steps.take();
    const id = readNumber(bytes, at, true);
    const length = id && readNumber(bytes, id.to, false);
    if (!id || !length) return;
    const to = length.to + length.value;
    if (to > outer.to) return;
    yield { id: id.value, at, from: length.to, to };
    at = to;
  }
}

/** With its first bits it is an id. Null where there is none. */
export function readNumber(bytes: Bytes, at: number, withLength: boolean): MatroskaNumber | null {
  const part = bytes.read(at, 8);
  const first = part[0] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || length > 8 || part.length < length) return null;
  let value = withLength ? first : first & 0xff >> length;
  for (let index = 1; index < length; index++) value = value * 256 + part[index]!;
  return { value, to: at + length };
}

/** A length of nothing but ones: nobody knew it (RFC 8794, 6.2). */
export function isLengthUnknown({ value, to }: MatroskaNumber, from: number): boolean {
  return value >= 2 ** (7 * (to - from)) - 1;
}

/** As long as it was. */
export function voidElement(bytes: Bytes, { at, to }: { at: number; to: number }): void {
  const length = to - at;
  // The longest form of a length has eight bytes, of which the first says that.
  const head = length < 9 ? Uint8Array.of(VOID, 0x80 | length - 2) : new Uint8Array(9);
  if (length >= 9) {
    head.set([VOID, 1]);
    new DataView(head.buffer).setUint32(5, length - 9);
  }
  bytes.write(at, head);
  bytes.blank(at + head.length, length - head.length);
}
