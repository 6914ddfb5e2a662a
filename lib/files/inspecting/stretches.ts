/**
 * Parts of a file as if they were a file of their own: a picture within a song, a text that pages of
 * other things cut into pieces. What is changed there is changed in the file.
 */
import { Bytes, type BytesPlace, MalformedFile } from "./bytes.ts";

/** From where, and how many bytes. */
export interface BytesStretch {
  at: number;
  length: number;
}

/**
 * One after another, as far as they are there: a table may name terabytes. Nothing of them is read
 * before it is asked for.
 */
export function stretchesOf(bytes: Bytes, named: readonly BytesStretch[]): Bytes {
  const stretches = named.map(({ at, length }) => ({
    at,
    length: Math.max(0, Math.min(length, bytes.size - at)),
  }));
  const place: BytesPlace = {
    size: stretches.reduce((sum, { length }) => sum + length, 0),
    read(offset, into) {
      let filled = 0;
      for (const { at, length } of within(stretches, offset, into.length)) {
        for (let read = 0; read < length;) {
          const part = bytes.read(at + read, length - read);
          if (part.length === 0) return filled;
          into.set(part, filled);
          read += part.length;
          filled += part.length;
        }
      }
      return filled;
    },
    write(offset, all) {
      let written = 0;
      for (const { at, length } of within(stretches, offset, all.length)) {
        bytes.write(at, all.subarray(written, written + length));
        written += length;
      }
    },
    fill(offset, all) {
      for (const { at, length } of within(stretches, offset, all)) bytes.blank(at, length);
    },
    truncate(size) {
      this.fill(size, this.size - size);
      this.size = size;
    },
  };
  return new Bytes(place);
}

/** Changes what stands there as a file of its own. False where it cannot be taken apart. */
export function changeWithin(
  bytes: Bytes,
  stretch: BytesStretch,
  change: (part: Bytes) => void,
): boolean {
  const part = stretchesOf(bytes, [stretch]);
  try {
    change(part);
    return true;
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    return false;
  }
}

/** Where in the file so many bytes are. */
function* within(
  stretches: readonly BytesStretch[],
  offset: number,
  length: number,
): Generator<BytesStretch> {
  let before = 0;
  for (const stretch of stretches) {
    const from = Math.max(offset, before);
    const to = Math.min(offset + length, before + stretch.length);
    if (from < to) yield { at: stretch.at + from - before, length: to - from };
    before += stretch.length;
    if (before >= offset + length) return;
  }
}
