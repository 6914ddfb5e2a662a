/**
 * A file of somebody else, read and changed at places: never more of it in memory than was asked
 * for. In a Worker, so that reading may block. What stands past the end reads as missing.
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
  truncate(size: number): void;
  close(): void;
}

export class Bytes {
  readonly #place: BytesPlace;
  #window: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #windowAt = 0;
  /** The window was changed, and the file is not: hostile ones are changed a byte at a time. */
  #isChanged = false;
  /** Bytes that may still be written. */
  #left: number;

  /** @param source a path, bytes that may be changed, or a place of another kind */
  constructor(source: string | Uint8Array<ArrayBuffer> | BytesPlace) {
    if (typeof source === "string") this.#place = openFile(source);
    else this.#place = source instanceof Uint8Array ? inMemory(source) : source;
    this.#left = OVER_MOST * this.#place.size + WINDOW;
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
    this.#flush();
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, this.#place.read(offset, bytes));
  }

  #flush(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#place.write(this.#windowAt, this.#window.subarray(0, this.size - this.#windowAt));
  }

  /** Throws `MalformedFile` if less is there. */
  view(offset: number, length: number): DataView<ArrayBuffer> {
    const bytes = this.read(offset, length);
    if (bytes.length < length) throw new MalformedFile();
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Over what is there; nothing past the end. Throws `MalformedFile` after too much. */
  write(offset: number, bytes: Uint8Array): void {
    if (offset >= this.size) return;
    const there = bytes.subarray(0, this.size - offset);
    this.#left -= there.length;
    if (this.#left < 0) throw new MalformedFile();
    const at = offset - this.#windowAt;
    if (at >= 0 && at + there.length <= this.#window.length) {
      this.#window.set(there, at);
      this.#isChanged = true;
      return;
    }
    if (at < this.#window.length && at + there.length > 0) {
      this.#flush();
      this.#window = new Uint8Array(0);
    }
    this.#place.write(offset, there);
  }

  /** Zeros over what is there. */
  blank(offset: number, length: number): void {
    const end = Math.min(offset + length, this.size);
    for (let at = offset; at < end; at += READ_MOST) {
      this.write(at, new Uint8Array(Math.min(READ_MOST, end - at)));
    }
  }

  /** Cuts off what stands behind. */
  truncate(size: number): void {
    if (size >= this.size) return;
    this.#flush();
    this.#window = new Uint8Array(0);
    this.#place.truncate(size);
  }

  /** What was changed is in the file from now on. */
  close(): void {
    this.#flush();
    this.#place.close();
  }
}

function openFile(path: string): BytesPlace {
  const file = Deno.openSync(path, { read: true, write: true });
  return {
    size: file.statSync().size,
    read(offset, into) {
      file.seekSync(offset, Deno.SeekMode.Start);
      let filled = 0;
      while (filled < into.length) {
        const count = file.readSync(into.subarray(filled));
        if (count === null) break;
        filled += count;
      }
      return filled;
    },
    write(offset, bytes) {
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let written = 0; written < bytes.length;) {
        written += file.writeSync(bytes.subarray(written));
      }
    },
    truncate(size) {
      file.truncateSync(size);
      this.size = size;
    },
    close: () => file.close(),
  };
}

function inMemory(all: Uint8Array<ArrayBuffer>): BytesPlace {
  return {
    size: all.length,
    read(offset, into) {
      const part = all.subarray(offset, Math.min(offset + into.length, this.size));
      into.set(part);
      return part.length;
    },
    write: (offset, bytes) => all.set(bytes, offset),
    truncate(size) {
      this.size = size;
    },
    close() {},
  };
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
