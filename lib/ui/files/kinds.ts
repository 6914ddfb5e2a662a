/**
 * How a file is shown: by the type that the server found in its bytes, never by its name alone. Pure.
 * What could run in a page (SVG, HTML) is never among what is shown in place.
 */
import type { File } from "../../protocol/files.ts";

export type ShownAs = "picture" | "video" | "audio" | "voice" | "pdf" | "text" | "other";

/** What every browser draws by itself; of others the server makes a small picture. */
const DRAWN = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/;
/** A picture without a small one, above this, is a file to fetch: bytes. */
const MOST_DRAWN = 20_000_000;
const PLAYED_VIDEO = /^video\/(?:mp4|webm|ogg|quicktime|x-matroska|x-m4v)$/;
const PLAYED_AUDIO =
  /^audio\/(?:mpeg|mp3|mp4|x-m4a|m4a|aac|ogg|opus|webm|flac|x-flac|wav|wave|x-wav|vnd\.wave)$/;
const PLAIN_TEXT =
  /^(?:text\/(?!html\b|xml\b)[\w.+-]+|application\/(?:json|[\w.-]+\+json|javascript|x-sh|sql|toml|yaml|x-yaml|x-ndjson))$/;
const UNSAFE_TEXT = /xml|html|svg/;

/** @returns "picture" only where its size is known beforehand */
export function shownAs(file: File): ShownAs {
  const { type, width, height, thumbnail } = file;
  if (type.startsWith("image/")) {
    if (width === null || height === null || width === 0 || height === 0) return "other";
    const drawn = thumbnail !== null || (canBeDrawn(file) && file.size <= MOST_DRAWN);
    return drawn ? "picture" : "other";
  }
  if (PLAYED_VIDEO.test(type)) return file.voice ? "voice" : "video";
  if (PLAYED_AUDIO.test(type)) return file.voice ? "voice" : "audio";
  if (type === "application/pdf") return "pdf";
  return PLAIN_TEXT.test(type) && !UNSAFE_TEXT.test(type) ? "text" : "other";
}

/** Whether a browser can show the file itself, and not only the small picture of it. */
export function canBeDrawn({ type }: Pick<File, "type">): boolean {
  return DRAWN.test(type);
}

/** Pictures, whether or not they can be shown in place: what they show can be put into words. */
export function canBeDescribed({ type }: Pick<File, "type">): boolean {
  return type.startsWith("image/");
}

/** Whether it opens above the chat; others are fetched. */
export function opens(file: File): boolean {
  const shown = shownAs(file);
  return shown === "picture" || shown === "video" || shown === "pdf" || shown === "text";
}

/** Up to four letters that stand for a file's kind: the end of its name. */
export function extensionOf(name: string): string {
  const end = /\.([\p{L}\p{N}]{1,8})$/u.exec(name)?.[1] ?? "";
  return end.length > 4 ? "" : end.toUpperCase();
}
