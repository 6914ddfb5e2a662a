/**
 * What the engine shows of files on their way: those of a draft, and those of a message that was
 * sent before they had arrived. Part of `model.ts`. Types only.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ErrorCode } from "../protocol/codes.ts";
import type { Message } from "../protocol/messages.ts";
import type { DraftKey } from "./draft.ts";

/**
 * `preparing`: its size is read, and a picture is made smaller; `waiting`: for others, for the
 * connection, or for the next try; `ready`: the server has all of it; `failed`: it stays as it is
 * until somebody tries again.
 */
export type AttachmentState = "preparing" | "waiting" | "uploading" | "ready" | "failed";

/** The server's reason, or what happened to the file here. */
export type UploadFault =
  | ErrorCode
  /** This browser no longer has its bytes: the tab was closed, and nothing could be kept. */
  | "lost"
  /** It was moved, changed or deleted on the device since it was chosen. */
  | "unreadable"
  /** The message can have no more files. */
  | "too_many";

export interface Attachment {
  /** Names it in this browser. */
  readonly local: string;
  readonly name: string;
  /** As the browser says; "" where it does not know. */
  readonly type: string;
  /** Bytes that are sent: fewer than were chosen where it was made smaller. */
  readonly size: number;
  /** Bytes that were chosen. */
  readonly chosen: number;
  /** Bytes if it is made smaller; null: it cannot be, or is not known yet. */
  readonly smaller: number | null;
  /** Its bytes are sent as they are. */
  readonly original: boolean;
  readonly state: AttachmentState;
  /** Bytes that have arrived. */
  readonly sent: number;
  /** Where it is `ready`. */
  readonly file: Message["files"][number] | null;
  readonly alt: string;
  /**
   * Where it has `failed`. Where it is too large: `limit`, in bytes; `isOwn`: all that they have are.
   */
  readonly error:
    | { code: UploadFault; message: string; limit?: number; isOwn?: boolean }
    | null;
  /** Of a voice message; `duration` in seconds. */
  readonly voice: VoiceNote | null;
  /** Of a picture, in pixels as it is shown; null where that is not known. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface VoiceNote {
  readonly duration: number;
  /** 0–100, at most 100 of them. */
  readonly waveform: readonly number[];
}

export interface AttachOptions {
  /** Pictures are sent as they are. */
  original?: boolean;
  /** It was recorded as a message. */
  voice?: VoiceNote;
}

export interface UploadsState {
  /** What will go with the draft, in that order. A draft without is not named. */
  attachments: ReadonlySignal<ReadonlyMap<DraftKey, readonly Attachment[]>>;
}

export interface UploadsActions {
  /** Fetches what deals with files: they can be chosen without a connection from then on. */
  loadUploads(): Promise<void>;
  /**
   * Adds files to a draft, at its end, and begins to send their bytes. What is too large, or one too
   * many, is added as `failed`. Never rejects, except without its script: then nothing was added.
   */
  attach(
    target: DraftKey,
    files: readonly globalThis.File[],
    options?: AttachOptions,
  ): Promise<void>;
  /** Takes one out again, and deletes its bytes here and there. */
  detach(target: DraftKey, local: string): void;
  /** Puts one at another place, counted from 0. */
  moveAttachment(target: DraftKey, local: string, to: number): void;
  /** What it shows, for who cannot see it. */
  describeAttachment(target: DraftKey, local: string, alt: string): void;
  /** Sends the picture as it is, or made smaller. Its bytes are sent again from the start. */
  sendOriginal(target: DraftKey, local: string, on: boolean): void;
  /** Tries again at once, also what has failed. */
  retryUpload(local: string): void;
  /** Its bytes, for a view to show; null where they are not here. */
  previewOf(local: string): Promise<Blob | null>;
  /**
   * The ids of the draft's files, once all have arrived: for what is sent another way. Rejects with
   * the fault of the first that fails.
   * @param anew the server did not take them: those that it has dropped go there again
   */
  filesReady(target: DraftKey, anew?: boolean): Promise<number[]>;
  /** The draft's files are the server's now: they are forgotten here. */
  attachmentsSent(target: DraftKey): void;
}
