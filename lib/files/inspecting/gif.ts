/** GIF: its size, how many pictures it has; comments and foreign data in it become zeros. */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";

const BLOCKS_MOST = 2_000_000;
/** What ends a picture. */
const END = 0x3b;
/** Bytes that are looked through at once. */
const PART = 16 * 1024;
/** Bits of the shortest code in a picture's data; those of a text are more. */
const CODES: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** Extensions by programs that change how it looks. */
const KEPT = /^(NETSCAPE2\.0|ANIMEXTS1\.0|ICCRGBG1012)$/;

/** Changes the file in place. Throws `MalformedFile`. */
export function examineGif(bytes: Bytes): Measured {
  const steps = new Steps(BLOCKS_MOST);
  const head = bytes.view(6, 7);
  let frames = 0;
  // Decoders make the picture as large as what stands in it.
  let [width, height] = [head.getUint16(0, true), head.getUint16(2, true)];
  let at: number | null = 13 + colours(head.getUint8(4));
  while (at !== null && at < bytes.size) {
    steps.take();
    const kind = bytes.view(at, 1).getUint8(0);
    if (kind === 0x2c) {
      frames++;
      const place = bytes.view(at + 1, 8);
      const data = at + 10 + colours(bytes.view(at + 9, 1).getUint8(0));
      if (!CODES.includes(bytes.view(data, 1).getUint8(0))) throw new MalformedFile();
      width = Math.max(width, place.getUint16(0, true) + place.getUint16(4, true));
      height = Math.max(height, place.getUint16(2, true) + place.getUint16(6, true));
      at = endOfBlocks(bytes, data + 1, steps);
    } else if (kind === 0x21) {
      at = passExtension(bytes, at, steps);
    } else if (kind === 0 && behindZeros(bytes, at) < bytes.size) {
      at = behindZeros(bytes, at); // some programs end a block twice
    } else {
      // Browsers end there whatever it is; but of a damaged file the rest is its owner's.
      if (kind !== END && kind !== 0) throw new MalformedFile();
      bytes.write(at, Uint8Array.of(END));
      bytes.truncate(at + 1);
      at = null;
    }
  }
  if (frames === 0) throw new MalformedFile();
  // In colours, with what was there before each frame.
  const held = width * height * (frames > 1 ? 8 : 5);
  return picture(width, height, { frames, held });
}

function behindZeros(bytes: Bytes, from: number): number {
  for (let at = from; at < bytes.size; at += PART) {
    const index = bytes.read(at, PART).findIndex((byte) => byte !== 0);
    if (index >= 0) return at + index;
  }
  return bytes.size;
}

/** Bytes of a table of colours, by its flags. */
function colours(flags: number): number {
  return flags & 0x80 ? 3 << (flags & 7) + 1 : 0;
}

function passExtension(bytes: Bytes, at: number, steps: Steps): number {
  const label = bytes.view(at + 1, 1).getUint8(0);
  const blocks = label === 0xff ? at + 14 : at + 2;
  const end = endOfBlocks(bytes, blocks, steps);
  const isForeign = label === 0xfe ||
    label === 0xff && !KEPT.test(latin(bytes.read(at + 3, 11)));
  if (isForeign) blankBlocks(bytes, blocks, end - 1);
  return end;
}

/** Behind blocks of data and the empty one that ends them. */
function endOfBlocks(bytes: Bytes, from: number, steps: Steps): number {
  for (let at = from; at < bytes.size;) {
    steps.take();
    const length = bytes.view(at, 1).getUint8(0);
    at += 1 + length;
    if (length === 0) return at;
  }
  return bytes.size;
}

/** Blocks of zeros from there to there, whatever stood in them: XMP does not keep to blocks. */
function blankBlocks(bytes: Bytes, from: number, to: number): void {
  for (let at = from; at < to;) {
    const left = to - at;
    // A block has its length and at least one byte: none of length 1 may remain.
    const length = Math.min(left, left === 257 ? 255 : 256);
    if (length < 2) return bytes.blank(at, length);
    bytes.blank(at, length);
    bytes.write(at, Uint8Array.of(length - 1));
    at += length;
  }
}
