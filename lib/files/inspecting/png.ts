/**
 * PNG: its size, and what stands in it beside the picture. Kept are the chunks that change how it
 * looks or moves, and which side is up; others become chunks of zeros that no decoder knows.
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { crc32 } from "./crc32.ts";
import { orientationAlone, orientationOf } from "./exif.ts";
import { type Measured, picture } from "./measured.ts";

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
  let hasPicture = false;
  for (let at = 8; bytes.size >= at + 8;) {
    steps.take();
    const length = bytes.view(at, 4).getUint32(0);
    const kind = latin(bytes.read(at + 4, 4));
    if (!/^[A-Za-z]{4}$/.test(kind)) throw new MalformedFile();
    hasPicture ||= kind === "IDAT";
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
  const isWhole = bytes.view(28, 1).getUint8(0) === 1;
  return picture(header.getUint32(8), header.getUint32(12), { orientation, frames, isWhole });
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
