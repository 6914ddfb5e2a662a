/**
 * Files: what a message carries besides its text. Schemas for the server; the browser imports the
 * types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { cleanFileName } from "./file_names.ts";
import { LIMITS, WAVEFORM } from "./limits.ts";
import type { Link } from "./links.ts";
import type { Timestamp } from "./time.ts";

/** Of a voice message. */
export interface Voice {
  /** How loud it is, from 0 to 100, at up to `WAVEFORM` places of the same distance. */
  waveform: number[];
}

export interface File {
  id: number;
  name: string;
  /** By its content: a MIME type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Pixels, as it is shown: of pictures and videos. */
  width: number | null;
  height: number | null;
  /** Seconds, with one decimal: of what sounds or moves. */
  duration: number | null;
  url: string;
  /** The address of a small picture of it. */
  thumbnail: string | null;
  /** What is to be seen on it, for who cannot see it; "" where nobody said so. */
  alt: string;
  /** A picture of a few pixels to show meanwhile: a `data:` address. */
  blur: string | null;
  /** It was recorded as a message. */
  voice?: Voice;
}

/** An upload of which `offset` bytes have arrived. */
export interface Upload {
  id: number;
  offset: number;
}

/** What a room's list of files holds: `media` is what sounds or moves, but voice messages. */
export const FILE_KINDS = ["picture", "media", "file", "voice"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Where a file stands in a room. */
interface Stands {
  message: number;
  seq: number;
  userId: number;
  ts: Timestamp;
}

/** What a room holds besides texts, the newest first. */
export interface RoomFiles {
  files: (Stands & { file: File })[];
  /** The next page's `before`; null after the last. */
  next: number | null;
}

export interface RoomLinks {
  links: (Stands & { url: string; link: Link | null })[];
  next: number | null;
}

const fileName = z.lazy(() => z.string().max(4_096, { abort: true }).transform(cleanFileName));

/** As the uploader says it: a hint, of which only the form is checked. */
const mimeType = z.lazy(() =>
  z.string().max(255, { abort: true })
    .transform((type) => type.split(";", 1)[0]!.trim().toLowerCase())
    .transform((type) => /^[a-z0-9][\w.+-]*\/[\w.+-]+$/.test(type) ? type : "")
);

/** What somebody who cannot see it is told. */
const alt = field.note(LIMITS.altLength);

/** Longer than any file may be, so that the setting's own limit says what is too large. */
const MOST_BYTES = Number.MAX_SAFE_INTEGER;

const voice = z.lazy(() =>
  z.strictObject({
    /** Seconds: until the file itself has said it. */
    duration: z.number().min(0).max(86_400),
    waveform: z.array(z.int().min(0).max(100)).max(WAVEFORM),
  })
);

const bytes = z.lazy(() => z.int().min(0).max(MOST_BYTES));

/** Of `POST /api/files`, whose bytes follow. */
export const beginUpload = field.object(() => ({
  name: fileName,
  size: bytes,
  type: mimeType.optional(),
  alt: alt.optional(),
  voice: voice.optional(),
}));

/** Of a form, whose end alone says how long its file is. */
export const beginForm = field.object(() => ({
  name: fileName,
  /** At least. */
  size: bytes,
  /** So much more is reserved, as far as there is room. */
  ahead: bytes,
  type: mimeType.optional(),
}));

export const describeFile = field.object(() => ({ file: field.id, alt }));
/** One's own that is still to be sent. */
export const findUpload = field.object(() => ({ file: field.id }));
/** To read it. */
export const findFile = field.object(() => ({ file: field.id }));
export const deleteFile = field.object(() => ({ file: field.id }));

const page = (written: field.NumberForm) => ({
  before: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});
const kind = z.lazy(() => z.enum(FILE_KINDS));

export const listFiles = field.object(() => ({
  room: field.id,
  kind: kind.optional(),
  ...page(field.asNumber),
}));
export const filesQuery = field.object(() => ({ kind: kind.optional(), ...page(field.asDigits) }));
export const listLinks = field.object(() => ({ room: field.id, ...page(field.asNumber) }));
export const linksQuery = field.object(() => page(field.asDigits));
