/** MP3: how long it is; what it says of itself stands around it (`sound_tags.ts`). */
import { type Bytes, latin, MalformedFile } from "./bytes.ts";
import { lasting, type Measured, UNMEASURED } from "./measured.ts";

/** kbit/s of layer III, of MPEG 1 and of the later ones. */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
/** Hz, by the version's bits: 2.5, none, 2, 1. */
const RATES = [
  [11_025, 12_000, 8_000],
  [],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
] as const;

/**
 * By the count of frames in its first one, or else by its bits a second. Throws `MalformedFile`.
 */
export function examineMp3(bytes: Bytes): Measured {
  const at = firstFrame(bytes);
  const [, second, third, fourth] = bytes.read(at, 4);
  if (fourth === undefined) throw new MalformedFile();
  const version = second! >> 3 & 3;
  const isFirst = version === 3;
  const rate = RATES[version]?.[third! >> 2 & 3];
  const bitrate = BITRATES[isFirst ? 0 : 1][third! >> 4];
  const isLayer3 = (second! >> 1 & 3) === 1;
  if (rate === undefined || !bitrate || !isLayer3) return UNMEASURED;
  const isMono = fourth >> 6 === 3;
  const tag = at + 4 + (isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17));
  const perFrame = isFirst ? 1_152 : 576;
  if (/^(Xing|Info)$/.test(latin(bytes.read(tag, 4)))) {
    const view = bytes.view(tag + 4, 8);
    if (view.getUint32(0) & 1) return lasting(view.getUint32(4) * perFrame / rate);
  }
  if (latin(bytes.read(at + 36, 4)) === "VBRI") {
    return lasting(bytes.view(at + 50, 4).getUint32(0) * perFrame / rate);
  }
  return lasting((bytes.size - at) * 8 / (bitrate * 1_000));
}

/** Behind padding. */
function firstFrame(bytes: Bytes): number {
  const part = bytes.read(0, 64 * 1024);
  for (let at = part.indexOf(0xff); at >= 0; at = part.indexOf(0xff, at + 1)) {
    const next = part[at + 1] ?? 0;
    if ((next & 0xe0) === 0xe0 && (next & 0x18) !== 0x08 && (next & 0x06) !== 0) return at;
  }
  throw new MalformedFile();
}
