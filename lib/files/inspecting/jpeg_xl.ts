/**
 * JPEG XL: its size; what stands beside the picture becomes empty boxes. So does what makes the JPEG
 * again that it was made of: that holds whatever its camera wrote. Which side is up stands in the
 * picture itself. A bare picture without boxes has nothing beside it. (ISO/IEC 18181-1 and -2)
 */
import { BOXES_MOST, fileBoxes, freeBox, type MediaBox } from "./boxes.ts";
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";

const KEPT = new Set(["JXL ", "ftyp", "jxll", "jxli", "jxlc", "jxlp"]);
/** What a picture begins with. */
const BEGINNING = 0xff0a;
/** More than its size and its orientation take. */
const HEAD = 32;

/** Changes the file in place. Throws `MalformedFile`. */
export function examineJpegXl(bytes: Bytes): Measured {
  if (bytes.view(0, 2).getUint16(0) === BEGINNING) return sizeAt(bytes, 0);
  const steps = new Steps(BOXES_MOST);
  let size: Measured | null = null;
  for (const box of fileBoxes(bytes, steps)) {
    const at = pictureIn(box);
    if (at !== null) size ??= sizeAt(bytes, at);
    if (!KEPT.has(box.kind)) freeBox(bytes, box);
  }
  if (size === null) throw new MalformedFile();
  return size;
}

/** Where the picture goes on in this box; a part of it has a number before. */
function pictureIn({ kind, from }: MediaBox): number | null {
  if (kind === "jxlc") return from;
  return kind === "jxlp" ? from + 4 : null;
}

function sizeAt(bytes: Bytes, at: number): Measured {
  const head = bytes.read(at, HEAD);
  if (head.length < 4 || head[0] !== 0xff || head[1] !== 0x0a) throw new MalformedFile();
  const bits = new Bits(head.subarray(2));
  const isSmall = bits.take(1) === 1;
  const height = readSide(bits, isSmall);
  const ratio = RATIOS[bits.take(3)];
  const width = ratio ? Math.floor(height * ratio[0] / ratio[1]) : readSide(bits, isSmall);
  return picture(width, height, { orientation: readOrientation(bits) });
}

/** Width by height, by their number in the file; 0: the width is said. */
const RATIOS = [null, [1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;
/** Bits of a side, by the number before it. */
const SIDES = [9, 13, 18, 30] as const;

function readSide(bits: Bits, isSmall: boolean): number {
  return isSmall ? 8 * (bits.take(5) + 1) : bits.take(SIDES[bits.take(2)]!) + 1;
}

/** As Exif counts. */
function readOrientation(bits: Bits): number {
  const isUsual = bits.take(1) === 1;
  return !isUsual && bits.take(1) === 1 ? bits.take(3) + 1 : 1;
}

/** Bits, the lowest of each byte first. Zeros where there are no more. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @param count at most 30 */
  take(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++, this.#at++) {
      const bit = (this.#bytes[this.#at >> 3] ?? 0) >> (this.#at & 7) & 1;
      value |= bit << index;
    }
    return value;
  }
}
