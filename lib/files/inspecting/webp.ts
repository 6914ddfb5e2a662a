/**
 * WebP: its size, and what stands in it beside the picture. Kept are the chunks of the picture, its
 * colours and which side is up; others become chunks of zeros that no decoder knows.
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { orientationAlone, orientationOf } from "./exif.ts";
import { type Measured, picture } from "./measured.ts";

const CHUNKS_MOST = 100_000;
/** Bytes, as JPEG has; more of it says nothing of which side is up. */
const EXIF_MOST = 65_536;
const KEPT = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Bytes of a pixel that are in memory, of what is not decoded row by row. */
const HELD: Readonly<Record<string, number>> = { ALPH: 2, VP8L: 4, ANMF: 5 };
const NOBODYS = new TextEncoder().encode("VOID");
/** In the flags of VP8X: there is XMP. */
const HAS_XMP = 0x04;
const EXIF = "Exif\0\0";

/** Changes the file in place. Throws `MalformedFile`. */
export function examineWebp(bytes: Bytes): Measured {
  const steps = new Steps(CHUNKS_MOST);
  const end = 8 + bytes.view(4, 4).getUint32(0, true);
  const isCut = bytes.size < end;
  bytes.truncate(end + end % 2);
  let size: [number, number] | null = null;
  let hasPicture = false;
  let aPixel = 0;
  let [orientation, frames] = [1, 0];
  for (let at = 12; bytes.size >= at + 8;) {
    steps.take();
    const kind = latin(bytes.read(at, 4));
    const length = bytes.view(at + 4, 4).getUint32(0, true);
    // What is a chunk of it does not go on behind what it says to be its end.
    if (!isChunk(kind) || !isCut && at + 8 + length > bytes.size) throw new MalformedFile();
    hasPicture ||= isPicture(bytes, kind, at + 8);
    aPixel = Math.max(aPixel, HELD[kind] ?? 0);
    size ??= sizeIn(bytes, kind, at + 8);
    if (kind === "ANMF") frames++;
    if (kind === "VP8X") {
      bytes.write(
        at + 8,
        bytes.read(at + 8, 1).map((flags) => flags & ~HAS_XMP),
      );
    }
    if (kind === "EXIF" && length <= EXIF_MOST) {
      orientation = keepOrientation(bytes, at + 8, length);
    } else if (!KEPT.has(kind)) {
      bytes.write(at, NOBODYS);
      bytes.blank(at + 8, length);
    }
    at += 8 + length + length % 2;
  }
  if (size === null || !hasPicture) throw new MalformedFile();
  const held = size[0] * size[1] * aPixel;
  return picture(size[0], size[1], { orientation, frames: Math.max(1, frames), held });
}

function isChunk(kind: string): boolean {
  return /^[\x20-\x7e]{4}$/.test(kind);
}

/** Pictures of both kinds have a mark of their own; a frame has one in it. */
function isPicture(bytes: Bytes, kind: string, at: number): boolean {
  if (kind === "VP8 ") return latin(bytes.read(at + 3, 3)) === "\x9d\x01\x2a";
  return kind === "ANMF" || kind === "VP8L" && bytes.read(at, 1)[0] === 0x2f;
}

/** By the first chunk that says it. */
function sizeIn(bytes: Bytes, kind: string, at: number): [number, number] | null {
  if (kind === "VP8X") {
    const [, , , , a, b, c, d, e, f] = bytes.read(at, 10);
    if (f === undefined) throw new MalformedFile();
    return [1 + (a! | b! << 8 | c! << 16), 1 + (d! | e! << 8 | f << 16)];
  }
  if (kind === "VP8 ") {
    const view = bytes.view(at + 6, 4);
    return [view.getUint16(0, true) & 0x3fff, view.getUint16(2, true) & 0x3fff];
  }
  if (kind === "VP8L") {
    const bits = bytes.view(at + 1, 4).getUint32(0, true);
    return [1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)];
  }
  return null;
}

function keepOrientation(bytes: Bytes, at: number, length: number): number {
  const data = bytes.read(at, length);
  const orientation = orientationOf(
    latin(data.subarray(0, 6)) === EXIF ? data.slice(EXIF.length) : data,
  );
  bytes.write(at, orientationAlone(data.length, orientation));
  return orientation;
}
