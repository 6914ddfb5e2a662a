/**
 * How a file arrives: its bytes go to where they are kept, and when the last one is there, it is
 * looked at and becomes a file. It asks no rule: whose upload it is was found out before.
 */
import { ConfabError, fileTooLarge } from "../errors.ts";
import type { File } from "../protocol/files.ts";
import type { FileSpace, OwnUpload } from "../store/contract/files.ts";
import type { Store } from "../store/store.ts";
import type { Blobs } from "./blobs.ts";
import type { Inspector } from "./inspect.ts";
import { removeKept, thumbnailKey } from "./kept.ts";
import { RoomWatch } from "./room_watch.ts";
import type { Transfers } from "./transfers.ts";

/** One is read, one parsed, one is on its way, one is being written. */
const FORM_PIECES = 4;
/**
 * Bytes that are reserved for a form that has not said how long it is, as far as there is room: at
 * first, since most are short; and each time that more of it come.
 */
export const FIRST_STEP = 1024 * 1024;
const STEP = 8 * 1024 * 1024;
/** Milliseconds after which the store is told that bytes still come: what stands still makes way. */
const TOUCH_EVERY = 2 * 60_000;

export interface ArrivalsOptions {
  store: Pick<Store, "findUpload" | "finishUpload" | "growUpload" | "namedBlobs">;
  blobs: Blobs;
  inspector: Pick<Inspector, "inspect">;
  transfers: Transfers;
  /** Bytes of one file, at most. */
  mostBytes: number;
  space: FileSpace;
  now(): number;
  /** Rejects with `too_large` where the disk would be too full with so many bytes more. */
  requireDisk(bytes: number): Promise<void>;
  /** Some were given up: their bytes are to be taken away. */
  cleanUp(): void;
  /** A file is there. */
  completed?(): void;
}

/** An upload whose bytes are taken. */
export type Arriving = Pick<OwnUpload, "id" | "key" | "size" | "name" | "type">;

interface Appended {
  offset: number;
  bytes: ReadableStream<Uint8Array>;
  most: number;
  claim?: (length: number) => Promise<void> | null;
}

function isGone(error: unknown): boolean {
  return error instanceof ConfabError && error.code === "not_found";
}

export class Arrivals {
  readonly #options: ArrivalsOptions;
  /** Those that are being looked at: a request that asks again waits for the same. */
  readonly #finishing = new Map<string, Promise<File>>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** How many bytes of it have come. */
  async received({ key, size }: Pick<Arriving, "key" | "size">): Promise<number> {
    const { blobs } = this.#options;
    // The program was stopped before the row was written. Then it may hold less than had come.
    if (await blobs.isBlob(key)) return size;
    return await blobs.received(key);
  }

  /**
   * Adds bytes to an upload. Resolves with its new length, and with the file once that is all;
   * rejects as `Blobs.append` does, and with `not_found` where it was deleted meanwhile. A body that
   * breaks off leaves what came.
   */
  async take(
    userId: number,
    upload: Arriving,
    offset: number,
    body: ReadableStream<Uint8Array> | null,
  ): Promise<{ offset: number; file: File | null }> {
    const { blobs, transfers } = this.#options;
    if (offset === upload.size && await blobs.isBlob(upload.key)) {
      await body?.cancel();
      return { offset, file: await this.finish(userId, upload) };
    }
    const most = Math.max(0, upload.size - offset);
    const claim = this.#claim(userId, upload, upload.size);
    try {
      const length = await transfers.take(
        userId,
        body,
        (bytes) => this.#append(upload.key, { offset, bytes, most, claim }),
      );
      if (length < upload.size) await this.#touch(userId, upload);
      else return { offset: length, file: await this.finish(userId, upload) };
      return { offset: length, file: null };
    } catch (error) {
      // Deleted while bytes came, it may have begun to be written after it was taken away.
      if (isGone(error)) await blobs.drop(upload.key);
      throw error;
    }
  }

  async #touch(userId: number, { id }: Arriving): Promise<void> {
    const { store, now } = this.#options;
    await store.findUpload({ userId, id, now: now() });
  }

  /** Reads a form, of which each piece is good for as long as its reader needs it. */
  readForm<T>(
    userId: number,
    body: ReadableStream<Uint8Array>,
    read: (bytes: ReadableStream<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    return this.#options.transfers.take(userId, body, read, FORM_PIECES);
  }

  /** Ends every body that is on its way; what came of an upload is kept. Returns how many there are. */
  endAll(): number {
    return this.#options.transfers.endAll();
  }

  /**
   * Takes the file of a form. `too_large` after as many bytes as a file may have, or before those for
   * which there is no room: none comes to the disk that is not reserved.
   */
  async takeWhole(
    userId: number,
    upload: Arriving,
    bytes: ReadableStream<Uint8Array>,
  ): Promise<void> {
    const { mostBytes: most } = this.#options;
    const claim = this.#claim(userId, upload, most);
    try {
      await this.#append(upload.key, { offset: 0, bytes, most, claim });
    } catch (error) {
      const isFull = error instanceof ConfabError && error.code === "too_large" && !error.room;
      throw isFull ? fileTooLarge(most) : error;
    }
  }

  /**
   * While bytes come: reserves more, a step in advance, where they have come to the end of what was
   * reserved; and now and then keeps the upload from being given up.
   * @param most bytes that may be reserved: nothing more than an upload in parts has announced
   */
  #claim(userId: number, upload: Arriving, most: number): (length: number) => Promise<void> | null {
    const { store, space, now, cleanUp } = this.#options;
    let [reserved, touchedAt] = [upload.size, now()];
    const grow = async (size: number) => {
      const wish = { size, ahead: Math.min(STEP, most - size), space, now: now() };
      const grown = await store.growUpload({ userId, id: upload.id, ...wish });
      reserved = grown.size;
      if (grown.madeWay) cleanUp();
    };
    // Where the store fails, bytes go on: that is told at the end, or is over by then.
    const touch = () =>
      this.#touch(userId, upload).catch((error) => {
        if (isGone(error)) throw error;
      });
    return (length) => {
      const needed = Math.min(length, most);
      if (needed <= reserved && now() - touchedAt < TOUCH_EVERY) return null;
      touchedAt = now();
      return needed > reserved ? grow(needed) : touch();
    };
  }

  /**
   * A form was refused: its bytes go before its row is given up, whose space others may take at once.
   */
  async dropForm({ key }: Pick<Arriving, "key">): Promise<void> {
    await this.#options.blobs.drop(key);
  }

  /** What came is kept, also where the disk was filled by others meanwhile. */
  async #append(key: string, { offset, bytes, most, claim }: Appended): Promise<number> {
    const { blobs, requireDisk, transfers } = this.#options;
    const watch = new RoomWatch(bytes, () => requireDisk(0), claim);
    const length = await blobs.append(key, offset, watch.bytes, most, () => transfers.isQuiet);
    if (watch.refusal !== null) throw watch.refusal;
    return length;
  }

  /** All its bytes are there. */
  finish(userId: number, upload: Arriving): Promise<File> {
    const known = this.#finishing.get(upload.key);
    if (known !== undefined) return known;
    const finishing = this.#finish(userId, upload)
      .finally(() => this.#finishing.delete(upload.key));
    this.#finishing.set(upload.key, finishing);
    return finishing;
  }

  async #finish(userId: number, { id, key, name, type }: Arriving): Promise<File> {
    const { store, blobs, inspector, space, now } = this.#options;
    const found = await blobs.finish(
      key,
      (path) => inspector.inspect(path, { name, type }, userId),
    );
    const { thumbnail, ...facts } = found;
    // Before the row says that there is one.
    if (thumbnail !== null) await blobs.put(thumbnailKey(key), thumbnail);
    const told = { ...facts, thumbnail: thumbnail !== null };
    const finished = { userId, id, facts: told, space, now: now() };
    const file = await store.finishUpload(finished).catch(async (error) => {
      await this.#removeUnnamed(key);
      throw error;
    });
    this.#options.completed?.();
    return file;
  }

  /** Deleted while it was looked at: its bytes were taken away before they came here. */
  async #removeUnnamed(key: string): Promise<void> {
    const { store, blobs } = this.#options;
    const named = await store.namedBlobs({ blobs: [key], uploads: [] }).catch(() => null);
    // Where that fails, which is logged there, nothing names the bytes: they are swept later.
    if (named?.blobs.length === 0) await removeKept(blobs, key).catch(() => {});
  }
}
