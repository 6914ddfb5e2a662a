/**
 * PNG: its size, and what stands in it beside the picture. Kept are the chunks that change how it
 * looks or moves, and which side is up; others become chunks of zeros that no decoder knows.
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { crc32 } from "./crc32.ts";
import { orientationAlone, orientationOf } from "./exif.ts";
import { heldRows, type Measured, picture } from "./measured.ts";

const CHUNKS_MOST = 500_000;
/** Bytes, as JPEG has; more of it says nothing of which side is up. */
const EXIF_MOST = 65_536;
const KEPT = new Set(
  ("IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT " +
    "acTL fcTL fdAT").split(" "),
);
/** Private, not needed, safe to copy: by its letters' case. */
const NOBODYS = "voId";

/** Changes the file in place. Throws `MalformedFile`. */
export function examinePng(bytes: Bytes): Measured {
  const steps = new Steps(CHUNKS_MOST);
  const header = bytes.view(8, 16);
  if (header.getUint32(4) !== 0x49484452) throw new MalformedFile(); // IHDR
  let [orientation, frames] = [1, 1];
  let [hasPicture, isTransparent] = [false, false];
  for (let at = 8; bytes.size >= at + 8;) {
    steps.take();
    const length = bytes.view(at, 4).getUint32(0);
    const kind = latin(bytes.read(at + 4, 4));
    if (!/^[A-Za-z]{4}$/.test(kind)) throw new MalformedFile();
    hasPicture ||= kind === "IDAT";
    isTransparent ||= kind === "tRNS";
    if (kind === "IEND") {
      bytes.truncate(at + 12);
      break;
    }
    if (kind === "acTL") frames = Math.max(1, bytes.view(at + 8, 4).getUint32(0));
    if (kind === "eXIf" && length <= EXIF_MOST) {
      orientation = orientationOf(bytes.read(at + 8, length));
      replace(bytes, at, kind, orientationAlone(bytes.read(at + 8, length).length, orientation));
    } else if (!KEPT.has(kind)) {
      blankChunk(bytes, at, length);
    }
    at += 12 + length;
  }
  if (!hasPicture) throw new MalformedFile();
  const [width, height] = [header.getUint32(8), header.getUint32(12)];
  const held = heldBytes(bytes.view(24, 5), [width, height], isTransparent);
  return picture(width, height, { orientation, frames, held });
}

/** Samples of a pixel by the kind of colours: grey, RGB, by a table, grey or RGB and transparent. */
const SAMPLES = [1, 0, 3, 3, 2, 0, 4];

/** What is interlaced is there as a whole, and its rows besides. */
function heldBytes(form: DataView, [width, height]: number[], isTransparent: boolean): number {
  const samples = Math.min(4, (SAMPLES[form.getUint8(1)] || 4) + (isTransparent ? 1 : 0));
  const row = width! * samples * (form.getUint8(0) > 8 ? 2 : 1);
  return heldRows(row, height!) + (form.getUint8(4) === 0 ? 0 : row * height!);
}

function blankChunk(bytes: Bytes, at: number, length: number): void {
  const there = Math.min(length, bytes.size - at - 8);
  if (there <= 64 * 1024) return replace(bytes, at, NOBODYS, new Uint8Array(there));
  // Its checksum is wrong then, which decoders pass over with chunks that they do not know.
  bytes.write(at + 4, new TextEncoder().encode(NOBODYS));
  bytes.blank(at + 8, length);
}

function replace(bytes: Bytes, at: number, kind: string, data: Uint8Array): void {
  const chunk = new Uint8Array(4 + data.length + 4);
  chunk.set(new TextEncoder().encode(kind));
  chunk.set(data, 4);
  new DataView(chunk.buffer).setUint32(4 + data.length, crc32(chunk.subarray(0, 4 + data.length)));
  bytes.write(at + 4, chunk);
}
