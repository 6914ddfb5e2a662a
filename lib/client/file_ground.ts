/**
 * What files on their way need from outside, beside the engine's environment: where their bytes are
 * kept, how they are sent, how a picture is made smaller. Types only; `browser_files.ts` is the real
 * one.
 */
import type { Message } from "../protocol/messages.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { DraftKey } from "./draft.ts";
import type { HttpAnswer } from "./http_answer.ts";
import type { Attachment, VoiceNote } from "./uploads_model.ts";

export type SentFile = Message["files"][number];

/** A file as this browser keeps it, without its bytes. */
export interface KeptUpload {
  /** Belongs to whoever chose it: another account in the same browser must not send or see it. */
  userId: number;
  local: string;
  target: DraftKey;
  /** The message that it goes with, which has left the draft. */
  message: string | null;
  /** Its place among the others of its draft. */
  order: number;
  name: string;
  type: string;
  /** Bytes that were chosen. */
  chosen: number;
  original: boolean;
  /** The picture made smaller; null: it was not. */
  made: { name: string; type: string; size: number } | null;
  /** What can be known of it is known, and it was made smaller where that is worth it. */
  isPrepared: boolean;
  width: number | null;
  height: number | null;
  alt: string;
  voice: VoiceNote | null;
  /** The server's id for it, from when its upload has begun, and the database's history. */
  upload: number | null;
  epoch: string | null;
  file: SentFile | null;
  error: Attachment["error"];
  /** When it was chosen. */
  at: Timestamp;
}

/** As chosen, or as made smaller. */
export type Form = "chosen" | "made";

/** Each promise may reject: the browser forbids it, or has no space. */
export interface FileStorage {
  all(userId: number): Promise<KeptUpload[]>;
  get(userId: number, local: string): Promise<KeptUpload | null>;
  /** Resolves when it would survive closing the tab. Bytes that are not given stay as they are. */
  put(record: KeptUpload, bytes?: Partial<Record<Form, Blob>>): Promise<void>;
  /** Null: there are none. */
  bytes(userId: number, local: string, form: Form): Promise<Blob | null>;
  /** With its bytes. */
  delete(userId: number, local: string): Promise<void>;
}

export interface BytesRequest {
  method: "HEAD" | "PATCH";
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | null;
  /** So many bytes of the body have left. */
  progress(bytes: number): void;
  signal: AbortSignal;
}

export interface PictureSize {
  width: number;
  height: number;
  /** Fewer bytes of the same picture; null: nothing is gained. */
  made: Blob | null;
}

export interface FileGround {
  storage: FileStorage;
  /** Rejects if no answer came, or nothing moved for too long. */
  send(request: BytesRequest): Promise<HttpAnswer>;
  /** Null: it is no picture that this browser can read. Never rejects. */
  measure(bytes: Blob): Promise<PictureSize | null>;
}
