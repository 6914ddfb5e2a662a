/**
 * Frames of MPEG's sounds (MP3 and its elder kin, AAC as it is broadcast): what their heads say, and
 * where a sound begins. Eleven bits tell a frame, and a text may have them: another one must follow.
 */
import { type Bytes, latin } from "./bytes.ts";

/** kbit/s by their number, of MPEG 1 and of the later ones, by layer. */
const BITRATES = {
  first: {
    1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  },
  later: {
    1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  },
} as const;
/** Hz, by the version's bits: 2.5, none, 2, 1. */
const RATES = [
  [11_025, 12_000, 8_000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
] as const;
const LAYERS = [null, 3, 2, 1] as const;

export interface MpegFrame {
  /** Of MPEG 1, and not of a later one. */
  isFirst: boolean;
  layer: 1 | 2 | 3;
  /** kbit/s. */
  bitrate: number;
  /** Hz. */
  rate: number;
  isMono: boolean;
  /** Bytes. */
  length: number;
}

/** Null where none begins. */
export function mpegFrameAt(bytes: Bytes, at: number): MpegFrame | null {
  const [first, second = 0, third = 0, fourth] = bytes.read(at, 4);
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || fourth === undefined) return null;
  const isFirst = (second >> 3 & 3) === 3;
  const layer = LAYERS[second >> 1 & 3]!;
  const rate = RATES[second >> 3 & 3]![third >> 2 & 3];
  const bitrate = layer && BITRATES[isFirst ? "first" : "later"][layer][third >> 4];
  if (!layer || !rate || !bitrate) return null;
  const padding = third >> 1 & 1;
  const samples = layer === 3 && !isFirst ? 72 : 144;
  const length = layer === 1
    ? 4 * (Math.floor(12_000 * bitrate / rate) + padding)
    : Math.floor(samples * 1_000 * bitrate / rate) + padding;
  return { isFirst, layer, bitrate, rate, isMono: fourth >> 6 === 3, length };
}

/** What may stand behind the only frame of a sound. */
const TAG = /^(TAG|APETAGEX|LYRICSBEGIN|ID3)/;

/** A frame begins there, and one of the same kind, or a tag, stands behind it. */
export function beginsMpegSound(bytes: Bytes, at: number): boolean {
  const frame = mpegFrameAt(bytes, at);
  return frame !== null && goesOn(bytes, at, frame.length, 0xfe);
}

/** The same of AAC, whose frames say how long they are (ISO 13818-7, ADTS). */
export function beginsAacSound(bytes: Bytes, at: number): boolean {
  const head = bytes.read(at, 7);
  const isFrame = head.length === 7 && head[0] === 0xff && (head[1]! & 0xf6) === 0xf0 &&
    (head[2]! & 0x3c) <= 0x30;
  if (!isFrame) return false;
  const length = (head[3]! & 3) << 11 | head[4]! << 3 | head[5]! >> 5;
  return length >= 7 && goesOn(bytes, at, length, 0xff);
}

/** @param same bits of the second byte that are the same in all frames of a sound */
function goesOn(bytes: Bytes, at: number, length: number, same: number): boolean {
  const next = bytes.read(at + length, 11);
  const second = bytes.read(at + 1, 1)[0]!;
  return next[0] === 0xff && ((next[1] ?? 0) & same) === (second & same) || TAG.test(latin(next));
}
