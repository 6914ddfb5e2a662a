/**
 * What keeps the bytes of files must do: the contract. It knows bytes under random keys, and neither
 * messages, nor people, nor what a file is. `disk.ts` keeps them in a folder, `s3.ts` in a bucket.
 *
 * Bytes that come in parts are an **upload**, which nobody can read; `finish` makes a **blob** of it,
 * which never changes again. An upload and its blob have the same key.
 */
import { ConfabError } from "../errors.ts";

/** What there is of one key. */
export interface KeptBlob {
  key: string;
  /** Bytes. */
  size: number;
  /** When it was last written (ms since the epoch, by the clock of whoever keeps it). */
  at: number;
}

export interface ReadBlob {
  /** Of the whole blob, whatever part was asked for; bytes. */
  size: number;
  /** Must be read to its end or cancelled: it holds something open. */
  stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** How a browser is to take what a signed address gives. */
export interface LinkOptions {
  /** `Content-Type` of the answer. */
  type: string;
  /** `Content-Disposition` of the answer, whole. */
  disposition: string;
  /** How long the address holds. */
  seconds: number;
}

/**
 * What resolved is on the disk. Keys are made by `newKey` and `derivedKey`; any other is a mistake
 * of ours and throws. Rejects with `unavailable` where the disk or the bucket fails, which is logged
 * here.
 */
export interface Blobs {
  /** Whether the disk or the bucket failed when it was last needed. */
  readonly failing: boolean;
  /**
   * Adds bytes to an upload, which begins at 0. Each piece is done with before the next is asked for:
   * then its memory may be another's. Resolves with its new length, also when the stream
   * broke off: what had come is kept. Rejects with `conflict` where the upload has another length,
   * or another process writes it; with `too_large` after `most` bytes, which are kept. One request
   * writes an upload at a time: a later one for the same upload ends the earlier.
   * @param offset the upload's length so far
   * @param isQuiet whether nobody else waits for the disk now: it may be kept busy for longer
   */
  append(
    key: string,
    offset: number,
    bytes: ReadableStream<Uint8Array>,
    most: number,
    isQuiet?: () => boolean,
  ): Promise<number>;
  /** The length of an upload, or of the blob that was made of it; 0 if there is neither. */
  received(key: string): Promise<number>;
  /** Whether a blob was made of the upload: all of its bytes had come, though it may hold fewer now. */
  isBlob(key: string): Promise<boolean>;
  /**
   * Makes an upload a blob. First `work` may read it, and change it or put another file in its
   * place, at a path on this machine; where it throws, the upload stays. Once more for one that is a
   * blob already, as after a crash in between. Rejects with `not_found` if there is neither.
   */
  finish<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
  /** Forgets an upload, and ends whoever writes it. */
  drop(key: string): Promise<void>;
  /** Keeps something small at once: all of it, or nothing. Resolves with its size. */
  put(key: string, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<number>;
  /**
   * Null if there is no such blob.
   * @param range first and last byte, as HTTP counts them; the last may be past the end
   */
  read(key: string, range?: { from: number; to: number }): Promise<ReadBlob | null>;
  /** Removes a blob, if it is there. */
  remove(key: string): Promise<void>;
  /** Every blob, in no order. What comes and goes meanwhile may be in it or not. */
  list(): AsyncIterable<KeptBlob>;
  /** Every upload that is no blob yet, and what is left of a `put` that a crash cut. */
  uploads(): AsyncIterable<KeptBlob>;
  /** An address that gives this blob to whoever has it; null where there is no such thing. */
  link(key: string, options: LinkOptions): Promise<string | null>;
  /** How much more there is room for, in bytes; null where nobody can tell. */
  freeBytes(): Promise<number | null>;
}

/** Bytes of randomness in a key. */
const KEY_BYTES = 16;

/** A key that nobody can guess. */
export function newKey(randomBytes: (length: number) => Uint8Array<ArrayBuffer>): string {
  return randomBytes(KEY_BYTES).toHex();
}

/** The key of what was made of a blob, such as its thumbnail (`t`). */
export function derivedKey(key: string, what: string): string {
  return demandKey(`${key}-${what}`);
}

/** The key of the blob that this one was made of, or the same. */
export function originalKey(key: string): string {
  return key.slice(0, 2 * KEY_BYTES);
}

export function isKey(text: string): boolean {
  return /^[\da-f]{32}(?:-[a-z\d]{1,16})?$/.test(text);
}

/** Keys become paths: whatever is none must not reach the disk. */
export function demandKey(key: string): string {
  if (!isKey(key)) throw new TypeError("This is no key of a blob.");
  return key;
}

export function otherLength(): ConfabError {
  return new ConfabError("conflict", "The upload has another length: ask for it, and go on there.");
}

export function writtenElsewhere(): ConfabError {
  return new ConfabError("conflict", "Another request is writing this upload.");
}

export function tooMuch(): ConfabError {
  return new ConfabError("too_large", "These are more bytes than were announced.");
}
