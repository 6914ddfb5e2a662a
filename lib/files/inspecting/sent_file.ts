/**
 * A file somebody sent, on the disk or in memory, opened to be looked at and changed: what is changed
 * in its `bytes` is in the file when that is kept, and not at all before.
 */
import { Bytes } from "./bytes.ts";
import { type ChangedPlace, GatheredChanges } from "./gathered.ts";

export interface OpenedFile {
  bytes: Bytes;
  /** From now on the file is as `bytes` are. */
  keep(): void;
  close(): void;
}

/** @param source a path, or bytes that may be changed */
export function openSent(source: string | Uint8Array<ArrayBuffer>): OpenedFile {
  const file = typeof source === "string" ? onDisk(source) : inMemory(source);
  const changes = new GatheredChanges(file);
  return { bytes: new Bytes(changes), keep: () => changes.keep(), close: () => file.close() };
}

function onDisk(path: string): ChangedPlace {
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

function inMemory(all: Uint8Array<ArrayBuffer>): ChangedPlace {
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
