/**
 * Changes to somebody's file that are gathered, and made when it has proved to be what it began as: a
 * text about GIFs that begins "GIF89a" stays as it was sent. Who reads sees them as if they were made.
 * It knows no format, and holds no more in memory than it may, however much is changed.
 */
import { type BytesPlace, MalformedFile } from "./bytes.ts";

/** Bytes in which changes are kept together, and found. */
const REGION = 64 * 1024;
/** Changes of one region: with more it is kept as it became, since each reading repeats them. */
const CHANGES_MOST = 1_024;
/** … that are made one by one; with more the region is read and written as a whole. */
const ALONE_MOST = 16;
/** Bytes of one value, one behind another, that are kept as such and not as bytes. */
const RUN_LEAST = 64;
/**
 * Bytes of memory, all together, as they are counted here; a process takes up to twice as many. A
 * film of two hours whose 200,000 pictures are JPEGs takes 70 MB, a hundred gigabytes of zeros as
 * many, other files take a few kilobytes.
 */
const MEMORY_MOST = 96 * 1024 * 1024;
/** … of a change, of a region with any, and of one that became nothing but zeros. */
const [A_CHANGE, A_REGION, OF_ZEROS] = [40, 250, 50];
/** Bytes that are kept together: as many as a region has, so that each piece is in one. */
const CHUNK = REGION;

/** Where the changes are made. */
export interface ChangedPlace {
  size: number;
  /** Fills what there is; the count of bytes. */
  read(offset: number, into: Uint8Array<ArrayBuffer>): number;
  write(offset: number, bytes: Uint8Array): void;
  truncate(size: number): void;
  close(): void;
}

interface Region {
  /**
   * Three numbers a change: where in the region, how many bytes, and their value, or −1 − their place
   * among the kept bytes. Objects for them took three times as much.
   */
  changes: number[];
  /** As it became, before those. */
  whole: Uint8Array<ArrayBuffer> | null;
}

/** One for all of them. */
const ZEROS: Region = { changes: [0, REGION, 0], whole: null };

export class GatheredChanges implements BytesPlace {
  /** As it will be. */
  size: number;
  readonly #file: ChangedPlace;
  readonly #regions = new Map<number, Region>();
  readonly #kept = new KeptBytes();
  #memory = MEMORY_MOST;

  constructor(file: ChangedPlace) {
    this.#file = file;
    this.size = file.size;
  }

  read(offset: number, into: Uint8Array<ArrayBuffer>): number {
    const count = this.#file.read(offset, into.subarray(0, Math.max(0, this.size - offset)));
    const part = into.subarray(0, count);
    for (let at = regionOf(offset); at < offset + count; at += REGION) {
      const region = this.#regions.get(at);
      if (region !== undefined) apply(region, this.#kept, at - offset, part);
    }
    return count;
  }

  /** Throws `MalformedFile` where too much was changed. */
  write(offset: number, bytes: Uint8Array): void {
    let kept = 0;
    for (let at = 0; at < bytes.length;) {
      const end = endOfRun(bytes, at);
      if (end - at >= RUN_LEAST) {
        this.#gather(offset + kept, bytes.subarray(kept, at));
        this.fill(offset + at, end - at, bytes[at]!);
        kept = end;
      }
      at = end;
    }
    this.#gather(offset + kept, bytes.subarray(kept));
  }

  /** Writes one value over that many bytes, however many. Throws as `write` does. */
  fill(offset: number, length: number, value = 0): void {
    for (const { at, from, to } of split(offset, length)) {
      if (to - from === REGION) this.#forget(at);
      if (to - from === REGION && value === 0) {
        this.#take(OF_ZEROS);
        this.#regions.set(at, ZEROS);
        continue;
      }
      const { changes } = this.#regionAt(at);
      const last = changes.length - 3;
      const goesOn = changes[last + 2] === value && changes[last]! + changes[last + 1]! === from;
      if (goesOn) changes[last + 1]! += to - from;
      else this.#add(at, from, to - from, value);
    }
  }

  truncate(size: number): void {
    this.size = size;
  }

  /** Makes the changes. */
  keep(): void {
    for (const at of [...this.#regions.keys()].sort((one, other) => one - other)) {
      if (at < this.size) this.#make(at, this.#regions.get(at)!);
    }
    this.#regions.clear();
    if (this.size < this.#file.size) this.#file.truncate(this.size);
  }

  #make(at: number, region: Region): void {
    const length = Math.min(REGION, this.size - at);
    const { changes, whole } = region;
    if (whole === null && changes.length <= 3 * ALONE_MOST) {
      for (let index = 0; index < changes.length; index += 3) {
        const [from, count, value] = [changes[index]!, changes[index + 1]!, changes[index + 2]!];
        const part = value < 0
          ? this.#kept.at(-1 - value, count)
          : new Uint8Array(count).fill(value);
        this.#file.write(at + from, part.subarray(0, Math.max(0, length - from)));
      }
      return;
    }
    const became = new Uint8Array(length);
    this.read(at, became);
    this.#file.write(at, became);
  }

  #gather(offset: number, bytes: Uint8Array): void {
    let read = 0;
    for (const { at, from, to } of split(offset, bytes.length)) {
      this.#take(to - from);
      const place = this.#kept.put(bytes.subarray(read, read + to - from));
      this.#add(at, from, to - from, -1 - place);
      read += to - from;
    }
  }

  #add(at: number, from: number, length: number, value: number): void {
    const region = this.#regionAt(at);
    this.#take(A_CHANGE);
    region.changes.push(from, length, value);
    if (region.changes.length <= 3 * CHANGES_MOST) return;
    const whole = new Uint8Array(REGION);
    // What stands past the end now is nobody's.
    this.read(at, whole);
    this.#forget(at);
    this.#take(A_REGION + REGION);
    this.#regions.set(at, { changes: [], whole });
  }

  #regionAt(at: number): Region {
    const there = this.#regions.get(at);
    if (there !== undefined && there !== ZEROS) return there;
    if (there === ZEROS) this.#memory += OF_ZEROS;
    this.#take(A_REGION);
    const region = { changes: [...there?.changes ?? []], whole: null };
    this.#regions.set(at, region);
    return region;
  }

  #forget(at: number): void {
    const region = this.#regions.get(at);
    if (region === undefined) return;
    const { changes, whole } = region;
    this.#memory += region === ZEROS
      ? OF_ZEROS
      : A_REGION + changes.length / 3 * A_CHANGE + (whole?.length ?? 0);
    this.#regions.delete(at);
  }

  #take(memory: number): void {
    this.#memory -= memory;
    if (this.#memory < 0) throw new MalformedFile();
  }
}

/** By regions, within each from there to there. */
function* split(
  offset: number,
  length: number,
): Generator<{ at: number; from: number; to: number }> {
  const end = length === 0 ? 0 : offset + length;
  for (let at = regionOf(offset); at < end; at += REGION) {
    yield { at, from: Math.max(0, offset - at), to: Math.min(REGION, end - at) };
  }
}

function regionOf(offset: number): number {
  return offset - offset % REGION;
}

/** Bytes one behind another, in chunks: as many objects would take more than they. */
class KeptBytes {
  readonly #chunks: Uint8Array[] = [];
  #end = 0;

  /** Where they are now. @param bytes a chunk of them at most */
  put(bytes: Uint8Array): number {
    if (bytes.length > this.#chunks.length * CHUNK - this.#end) {
      this.#end = this.#chunks.length * CHUNK;
      this.#chunks.push(new Uint8Array(CHUNK));
    }
    const place = this.#end;
    this.#chunks.at(-1)!.set(bytes, place % CHUNK);
    this.#end += bytes.length;
    return place;
  }

  at(place: number, length: number): Uint8Array {
    const from = place % CHUNK;
    return this.#chunks[Math.floor(place / CHUNK)]!.subarray(from, from + length);
  }
}

/** @param at where the region begins in `part`; less than 0 where it begins before */
function apply({ changes, whole }: Region, kept: KeptBytes, at: number, part: Uint8Array): void {
  if (whole !== null) copyInto(part, at, whole);
  for (let index = 0; index < changes.length; index += 3) {
    const from = at + changes[index]!;
    const [length, value] = [changes[index + 1]!, changes[index + 2]!];
    if (from >= part.length || from + length <= 0) continue;
    if (value < 0) copyInto(part, from, kept.at(-1 - value, length));
    else part.fill(value, Math.max(0, from), from + length);
  }
}

function copyInto(part: Uint8Array, at: number, bytes: Uint8Array): void {
  part.set(bytes.subarray(Math.max(0, -at), Math.max(0, part.length - at)), Math.max(0, at));
}

/** Behind the bytes that are the same as the one there. */
function endOfRun(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end] === bytes[at]) end++;
  return end;
}
