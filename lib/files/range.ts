/** Which part of some bytes a request asks for (RFC 9110, 14.2). Pure. */

/** First and last byte. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * Null for all of it: where no part was asked for, several at once, one that is not written as a part,
 * or one of other bytes than these. `none`: where the part begins behind the end.
 */
export function askedRange(headers: Headers, tag: string, size: number): ByteRange | "none" | null {
  const header = headers.get("range");
  const condition = headers.get("if-range");
  // We say when nothing was changed, so that only the tag can match.
  if (header === null || (condition !== null && condition.trim() !== tag)) return null;
  // Some players ask to the largest number that they know, which is larger than ours.
  const [, first, last] = /^bytes=(\d{0,20})-(\d{0,20})$/i.exec(header.trim()) ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "none" : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < from) return null;
  return from >= size ? "none" : { from, to };
}
