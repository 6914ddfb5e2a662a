/**
 * A file of somebody else, read and changed at places: never more of it in memory than was asked
 * for. In a Worker, so that reading may block. What stands past the end reads as missing. When what
 * is changed comes into the file it does not know.
 */

/** Bytes read at once at most: a length in a file must not become a length in memory. */
export const READ_MOST = 1024 * 1024;
/** Bytes that are kept from the last read: formats are walked a few bytes at a time. */
const WINDOW = 64 * 1024;
/**
 * How many times as much as the file has may be written: each place is cleaned once, but tables may
 * name the same one a million times.
 */
const OVER_MOST = 3;

/** Where the bytes are. */
export interface BytesPlace {
  size: number;
  /** Fills what there is; the count of bytes. */
  read(offset: number, into: Uint8Array<ArrayBuffer>): number;
  write(offset: number, bytes: Uint8Array): void;
  /** Zeros over so many bytes. */
  fill(offset: number, length: number): void;
  truncate(size: number): void;
}

export class Bytes {
  readonly #place: BytesPlace;
  #window: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #windowAt = 0;
  /** Bytes that may still be written. */
  #left: number;

  constructor(place: BytesPlace) {
    this.#place = place;
    this.#left = OVER_MOST * place.size + WINDOW;
  }

  get size(): number {
    return this.#place.size;
  }

  /** As many as there are, up to `length` and `READ_MOST`. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const there = Math.max(0, Math.min(length, this.size - offset, READ_MOST));
    if (there === 0) return new Uint8Array(0);
    if (there > WINDOW / 4) return this.#fetch(offset, there);
    if (offset < this.#windowAt || offset + there > this.#windowAt + this.#window.length) {
      this.#window = this.#fetch(offset, Math.min(WINDOW, this.size - offset));
      this.#windowAt = offset;
    }
    const at = offset - this.#windowAt;
    return this.#window.slice(at, at + there);
  }

  #fetch(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, this.#place.read(offset, bytes));
  }

  /** Throws `MalformedFile` if less is there. */
  view(offset: number, length: number): DataView<ArrayBuffer> {
    const bytes = this.read(offset, length);
    if (bytes.length < length) throw new MalformedFile();
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Over what is there; nothing past the end. Throws `MalformedFile` after too much. */
  write(offset: number, bytes: Uint8Array): void {
    const there = bytes.subarray(0, this.#take(offset, bytes.length));
    if (there.length === 0) return;
    const at = offset - this.#windowAt;
    if (at < this.#window.length && at + there.length > 0) {
      const part = there.subarray(Math.max(0, -at), this.#window.length - at);
      this.#window.set(part, Math.max(0, at));
    }
    this.#place.write(offset, there);
  }

  /** Zeros over what is there. */
  blank(offset: number, length: number): void {
    const there = this.#take(offset, length);
    if (there === 0) return;
    const at = offset - this.#windowAt;
    if (at + there > 0) this.#window.fill(0, Math.max(0, at), at + there);
    this.#place.fill(offset, there);
  }

  /** How many of those bytes are there. */
  #take(offset: number, length: number): number {
    const there = Math.max(0, Math.min(length, this.size - offset));
    this.#left -= there;
    if (this.#left < 0) throw new MalformedFile();
    return there;
  }

  /** Cuts off what stands behind. */
  truncate(size: number): void {
    if (size < this.size) this.#place.truncate(size);
  }
}

/** A file is not what it began as: it is looked at no further. */
export class MalformedFile extends Error {
  override readonly name = "MalformedFile";
}

/** Steps through a file that somebody made: an end, whatever its lengths say. */
export class Steps {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  /** Throws `MalformedFile` when there were too many. */
  take(): void {
    if (--this.#left < 0) throw new MalformedFile();
  }
}

/** As one character a byte. */
export function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
