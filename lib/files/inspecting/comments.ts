/**
 * Comments as Vorbis has them, also in Opus, Theora and FLAC: what stays moves together, and zeros
 * stand behind, which readers take for padding. (Ogg Vorbis I, "comment field and header
 * specification"; RFC 7845, 5.2)
 */
import { type Bytes, latin, MalformedFile, READ_MOST } from "./bytes.ts";
import { openSent } from "./sent_file.ts";
import { cleanPicture, isTitle, SAID_MOST } from "./song.ts";
import type { BytesStretch } from "./stretches.ts";

const COMMENTS_MOST = 10_000;
/** Bytes of a name with its sign. */
const NAME_MOST = 64;
const PICTURE = "METADATA_BLOCK_PICTURE";
/** Characters of a picture in Base64, which is in memory as a whole; a larger one is dropped. */
const PICTURE_MOST = 4 * 1024 * 1024;

/**
 * Changes them in place. Throws `MalformedFile`.
 * @param from where the length of the writer's name stands
 * @returns where the last comment ends now, and where it ended: zeros are between
 */
export function cleanComments(
  bytes: Bytes,
  from: number,
  isFilm: boolean,
): { to: number; end: number } {
  const counted = from + 4 + lengthAt(bytes, from);
  const count = lengthAt(bytes, counted);
  if (count > COMMENTS_MOST) throw new MalformedFile();
  const kept: BytesStretch[] = [];
  let end = counted + 4;
  for (let index = 0; index < count; index++) {
    const length = lengthAt(bytes, end);
    const comment = { at: end, length: 4 + length };
    if (end + comment.length > bytes.size) throw new MalformedFile();
    if (isKept(bytes, end + 4, length, isFilm)) kept.push(comment);
    end += comment.length;
  }
  let to = counted + 4;
  if (kept.length === count) return { to: end, end };
  for (const { at, length } of kept) {
    if (at !== to) move(bytes, at, to, length);
    to += length;
  }
  bytes.write(counted, little(kept.length));
  bytes.blank(to, end - to);
  return { to, end };
}

function isKept(bytes: Bytes, at: number, length: number, isFilm: boolean): boolean {
  const head = bytes.read(at, Math.min(length, NAME_MOST + SAID_MOST));
  const sign = head.indexOf(0x3d);
  if (sign < 0 || sign > NAME_MOST) return false;
  const name = latin(head.subarray(0, sign));
  if (!isTitle(name, head.subarray(sign + 1), isFilm)) return false;
  return name.toUpperCase() !== PICTURE || cleanEncoded(bytes, at + sign + 1, length - sign - 1);
}

/** A picture as FLAC has it, in Base64. */
function cleanEncoded(bytes: Bytes, at: number, length: number): boolean {
  if (length > PICTURE_MOST) return false;
  const text = new Uint8Array(length);
  for (let read = 0; read < length;) {
    const part = bytes.read(at + read, Math.min(READ_MOST, length - read));
    if (part.length === 0) return false;
    text.set(part, read);
    read += part.length;
  }
  const encoded = cleanedInside(text);
  if (encoded === null || encoded.length !== length) return false;
  bytes.write(at, encoded);
  return true;
}

/** Null for what is no Base64, and no picture. */
function cleanedInside(text: Uint8Array): Uint8Array | null {
  let block: Uint8Array<ArrayBuffer>;
  try {
    block = Uint8Array.fromBase64(new TextDecoder().decode(text));
  } catch {
    return null;
  }
  const inside = openSent(block);
  if (!cleanPicture(inside.bytes, 0, block.length)) return null;
  inside.keep();
  return new TextEncoder().encode(block.toBase64());
}

/** To a place before: a piece at a time. */
function move(bytes: Bytes, from: number, to: number, length: number): void {
  for (let moved = 0; moved < length;) {
    const part = bytes.read(from + moved, length - moved);
    bytes.write(to + moved, part);
    moved += part.length;
  }
}

function lengthAt(bytes: Bytes, at: number): number {
  return bytes.view(at, 4).getUint32(0, true);
}

function little(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
