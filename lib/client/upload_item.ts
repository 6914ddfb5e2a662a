/** One file on its way: what is kept of it, what is seen of it. Pure. */
import type { Form, KeptUpload, PictureSize, SentFile } from "./file_ground.ts";
import { madeName } from "./made_name.ts";
import type { Attachment, AttachmentState } from "./uploads_model.ts";

/** What the tabs tell each other. */
export type UploadNews =
  | { type: "added"; kept: KeptUpload }
  | { type: "changed"; local: string; change: Partial<KeptUpload>; live: Live }
  | { type: "gone"; local: string }
  | { type: "cleared" };

export interface Live {
  state: AttachmentState;
  sent: number;
}

export interface UploadItem {
  readonly kept: KeptUpload;
  readonly live: Live;
  /** In memory; else only in the storage, or not in this tab. */
  readonly bytes: Partial<Record<Form, Blob>>;
  readonly shown: Attachment;
  /** It was dealt with: it shows as long as its message does. */
  readonly isOver: boolean;
}

export function liveOf({ file, error, isPrepared, made, original, chosen }: KeptUpload): Live {
  if (error !== null) return { state: "failed", sent: 0 };
  if (file !== null) return { state: "ready", sent: bytesToSend({ made, original, chosen }) };
  return { state: isPrepared ? "waiting" : "preparing", sent: 0 };
}

export function formToSend({ made, original }: Pick<KeptUpload, "made" | "original">): Form {
  return original || made === null ? "chosen" : "made";
}

export function bytesToSend(
  { made, original, chosen }: Pick<KeptUpload, "made" | "original" | "chosen">,
) {
  return original || made === null ? chosen : made.size;
}

export function attachmentOf({ kept, live }: Pick<UploadItem, "kept" | "live">): Attachment {
  const { local, chosen, made, original, file, alt, error, voice, width, height } = kept;
  const { name, type } = original || made === null ? kept : made;
  const size = bytesToSend(kept);
  const smaller = made?.size ?? null;
  const about = { local, name, type, size, chosen, smaller, original };
  return { ...about, ...live, file, alt, error, voice, width, height };
}

/** What has become known of a picture; of anything else nothing. */
export function measured({ kept }: UploadItem, size: PictureSize | null) {
  if (size === null) return {};
  const { width, height, made } = size;
  return {
    width,
    height,
    made: made && { name: madeName(kept.name, made.type), type: made.type, size: made.size },
  };
}

/** Nothing about any of them has changed. */
export function isSameAttached(one: readonly Attachment[], other: readonly Attachment[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

/** Those of messages go first, then as they were chosen. */
export function byTurn({ kept: one }: UploadItem, { kept: other }: UploadItem): number {
  const draft = ({ message }: KeptUpload) => message === null ? 1 : 0;
  return draft(one) - draft(other) || one.order - other.order;
}

/** A file of which nothing is known but what the browser said. */
export const NEW_UPLOAD = {
  message: null,
  made: null,
  isPrepared: false,
  width: null,
  height: null,
  alt: "",
  upload: null,
  epoch: null,
  file: null,
} as const;

/** One that the server has: its bytes are not here. */
export function uploadOf(file: SentFile) {
  const { id: upload, name, type, size: chosen, width, height, alt, voice, duration } = file;
  return {
    ...NEW_UPLOAD,
    name,
    type,
    chosen,
    original: true,
    isPrepared: true,
    width,
    height,
    alt,
    voice: voice === undefined ? null : { duration: duration ?? 0, waveform: voice.waveform },
    upload,
    file,
    error: null,
  };
}
