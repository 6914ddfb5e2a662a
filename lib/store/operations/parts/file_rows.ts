/** Files as their table holds them, and the protocol's objects made from them. Knows no rules. */
import type { File, FileKind } from "../../../protocol/files.ts";

/**
 * `uploading`: bytes are still to come; `ready`: complete; `gone`: nobody can reach it, and its bytes
 * are to be taken away.
 */
export type FileState = "uploading" | "ready" | "gone";

/** `files AS f`. */
export const FILE_COLUMNS =
  "f.id, f.key, f.user_id, f.state, f.name, f.type, f.size, f.width, f.height, f.duration, " +
  "f.thumbnail, f.blur, f.alt, f.waveform, f.message_id, f.scheduled_id";

export interface FileRow {
  id: number;
  key: string;
  user_id: number;
  state: FileState;
  name: string;
  type: string;
  /** Of an upload: what is reserved for it; -1 is of a version before, and nothing. */
  size: number;
  width: number | null;
  height: number | null;
  /** Tenths of a second. */
  duration: number | null;
  thumbnail: number;
  blur: string | null;
  alt: string;
  waveform: string | null;
  message_id: number | null;
  scheduled_id: number | null;
}

/** Bytes that are counted for it. */
export function reservedFor({ size }: Pick<FileRow, "size">): number {
  return Math.max(0, size);
}

export function toFile(row: FileRow): File {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    size: row.size,
    width: row.width,
    height: row.height,
    duration: row.duration === null ? null : row.duration / 10,
    url: `/files/${row.id}/${row.name === "thumbnail" ? "file" : encodeURIComponent(row.name)}`,
    thumbnail: row.thumbnail === 0 ? null : `/files/${row.id}/thumbnail`,
    alt: row.alt,
    blur: row.blur,
    // The JSON in this column is our own.
    ...(row.waveform === null ? {} : { voice: { waveform: JSON.parse(row.waveform) as number[] } }),
  };
}

/** What browsers show in place, by their types alone: those that hold no script. */
const PICTURE = /^image\/(png|jpeg|webp|gif|avif)$/;

export function kindOf(type: string, isVoice: boolean): FileKind {
  if (isVoice) return "voice";
  if (PICTURE.test(type)) return "picture";
  return /^(audio|video)\//.test(type) ? "media" : "file";
}

export function fileIds({ files }: { files: readonly File[] }): number[] {
  return files.map(({ id }) => id);
}
