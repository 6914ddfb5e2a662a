/**
 * A file of somebody else, read and changed at places: never more of it in memory than was asked
 * for. In a Worker, so that reading may block. What stands past the end reads as missing.
 */

/** Bytes read at once at most: a length in a file must not become a length in memory. */
export const READ_MOST = 1024 * 1024;

export class Bytes {
  readonly #file: Deno.FsFile;
  #size: number;

  constructor(path: string) {
    this.#file = Deno.openSync(path, { read: true, write: true });
    this.#size = this.#file.statSync().size;
  }

  get size(): number {
    return this.#size;
  }

  /** As many as there are, up to `length` and `READ_MOST`. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const there = Math.max(0, Math.min(length, this.#size - offset, READ_MOST));
    const bytes = new Uint8Array(there);
    this.#file.seekSync(offset, Deno.SeekMode.Start);
    let filled = 0;
    while (filled < there) {
      const count = this.#file.readSync(bytes.subarray(filled));
      if (count === null) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  view(offset: number, length: number): DataView<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.read(offset, length);
    return new DataView(buffer, byteOffset, byteLength);
  }

  /** Over what is there; nothing past the end. */
  write(offset: number, bytes: Uint8Array): void {
    const fitting = bytes.subarray(0, Math.max(0, this.#size - offset));
    this.#file.seekSync(offset, Deno.SeekMode.Start);
    for (let written = 0; written < fitting.length;) {
      written += this.#file.writeSync(fitting.subarray(written));
    }
  }

  /** Zeros over what is there. */
  blank(offset: number, length: number): void {
    const end = Math.min(offset + length, this.#size);
    for (let at = offset; at < end; at += READ_MOST) {
      this.write(at, new Uint8Array(Math.min(READ_MOST, end - at)));
    }
  }

  /** Cuts off what stands behind. */
  truncate(size: number): void {
    if (size >= this.#size) return;
    this.#file.truncateSync(size);
    this.#size = size;
  }

  close(): void {
    this.#file.close();
  }
}

/** As one character a byte. */
export function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
