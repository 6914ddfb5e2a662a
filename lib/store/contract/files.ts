/**
 * Files: rows that say whose each one is and which message holds it. Their bytes are kept elsewhere
 * (`lib/files/blobs.ts`), under a key that nobody can guess.
 */
import type { File, FileKind, RoomFiles, RoomLinks, Voice } from "../../protocol/files.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** Bytes, at most; null where there is no limit. */
export interface FileSpace {
  /** Of all files of one person. */
  user: number | null;
  /** Of everybody's together. */
  all: number | null;
}

/** A file whose bytes are still arriving, or have arrived. */
export interface OwnUpload {
  id: number;
  key: string;
  /** Bytes that are reserved for it: as its uploader has said; of a form, so far. */
  size: number;
  name: string;
  type: string;
  /** Set once it is complete. */
  file: File | null;
}

/** What its bytes say of a file. */
export interface FileFacts {
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  /** Seconds. */
  duration: number | null;
  blur: string | null;
  /** A small picture is kept beside it. */
  thumbnail: boolean;
}

/** A file as it is handed out. */
export interface KeptFile {
  key: string;
  file: File;
}

export interface Files {
  /**
   * Reserves the space for a file that is about to arrive, and says how much it is: `size` bytes, and
   * up to `ahead` more as far as there is room. Where there is none, uploads make way that nobody has
   * touched for ten minutes: first the user's own, for everybody's limit also others'; `madeWay` says
   * that their bytes are to be taken away. `too_large` where the first would take more than `space`
   * allows; `rate_limited` where the user has `most` files that no message holds.
   */
  beginUpload(
    input: {
      userId: number;
      key: string;
      name: string;
      size: number;
      ahead?: number;
      type: string;
      alt: string;
      voice: (Voice & { duration: number }) | null;
      space: FileSpace;
      most: number;
      now: Timestamp;
    },
  ): Promise<{ id: number; size: number; madeWay: boolean }>;
  /**
   * More comes of an upload than is reserved for it: reserves as `beginUpload` does, and says how much
   * it is now. `too_large` where it does not fit: then what it had stays reserved; `not_found` where
   * it was deleted meanwhile, or is complete.
   * @param size bytes of which it is certain that they come, of those that came before too
   */
  growUpload(
    input: {
      userId: number;
      id: number;
      size: number;
      ahead: number;
      space: FileSpace;
      now: Timestamp;
    },
  ): Promise<{ size: number; madeWay: boolean }>;
  /** One's own that no message holds yet; any other is not there. Keeps it from being swept. */
  findUpload(input: { userId: number; id: number; now: Timestamp }): Promise<OwnUpload>;
  /**
   * All bytes are there. Repeated, it answers the same file. `too_large` where it is larger than was
   * reserved, and that does not fit; `not_found` where it was deleted meanwhile.
   */
  finishUpload(
    input: { userId: number; id: number; facts: FileFacts; space: FileSpace; now: Timestamp },
  ): Promise<File>;
  /** One's own that no message holds. Repeating it is `not_found`. */
  deleteFile(input: { userId: number; id: number }): Promise<void>;
  /**
   * Says what is to be seen on it: its uploader's, before and after it was sent. Where a message holds
   * it, that changes, and the room's head rises by 1; by the rules for editing.
   */
  describeFile(
    input: { userId: number; id: number; alt: string; now: Timestamp },
  ): Promise<File>;
  /**
   * For whoever may read the message that holds it now; before, for its uploader. Anything else is
   * not there.
   * @param previewed how many messages of a public room those see who have not joined
   */
  findFile(input: { userId: number; id: number; previewed: number }): Promise<KeptFile>;
  /** What a room's messages hold, the last message first: all, or of one kind. */
  listFiles(
    input: {
      userId: number;
      room: number;
      kind: FileKind | null;
      before: number | null;
      limit: number;
    },
  ): Promise<RoomFiles>;
  /** Addresses that a room's messages name, the last message first. */
  listLinks(
    input: { userId: number; room: number; before: number | null; limit: number },
  ): Promise<RoomLinks>;
  /**
   * Gives up what nobody waits for any more: uploads untouched since `unfinished`, files that no
   * message came to hold since `unbound`. At most some hundred; the number.
   */
  giveUpFiles(input: { unfinished: Timestamp; unbound: Timestamp }): Promise<number>;
  /** Some of those whose bytes are to be taken away. */
  goneFiles(): Promise<{ id: number; key: string }[]>;
  /** Their bytes are away: so are their rows. */
  forgetFiles(input: { ids: readonly number[] }): Promise<void>;
  /**
   * Of these keys of blobs, those that some row names, of whichever feature; and of these keys of
   * uploads, those that are not finished or given up. The rest may be taken away.
   */
  namedBlobs(
    input: { blobs: readonly string[]; uploads: readonly string[] },
  ): Promise<{ blobs: string[]; uploads: string[] }>;
}
