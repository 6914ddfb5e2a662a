/** How long sounds are: Ogg, MP3, FLAC, WAV. What they say of themselves stays. */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, UNMEASURED } from "./measured.ts";

function lasting(duration: number): Measured {
  const isSound = Number.isFinite(duration) && duration > 0;
  return { ...UNMEASURED, duration: isSound ? duration : null };
}

/** Bytes at the end in which the last page of an Ogg file begins: pages have 64 KB at most. */
const LAST_PAGE = 130 * 1024;

/** By the position in its last page. Throws `MalformedFile`. */
export function examineOgg(bytes: Bytes): Measured {
  const segments = bytes.view(26, 1).getUint8(0);
  const head = 27 + segments;
  const kind = latin(bytes.read(head, 8));
  const isOpus = kind === "OpusHead";
  if (!isOpus && !kind.startsWith("\x01vorbis")) return UNMEASURED;
  const rate = isOpus ? 48_000 : bytes.view(head + 12, 4).getUint32(0, true);
  const skipped = isOpus ? bytes.view(head + 10, 2).getUint16(0, true) : 0;
  const from = Math.max(0, bytes.size - LAST_PAGE);
  const text = bytes.read(from, LAST_PAGE);
  for (let at = text.lastIndexOf(0x4f); at > 0; at = text.lastIndexOf(0x4f, at - 1)) {
    if (latin(text.subarray(at, at + 5)) !== "OggS\0" || at + 14 > text.length) continue;
    const position = new DataView(text.buffer, text.byteOffset + at + 6, 8).getBigInt64(0, true);
    if (position > 0n) return lasting((Number(position) - skipped) / rate);
  }
  return UNMEASURED;
}

/** Throws `MalformedFile`. */
export function examineFlac(bytes: Bytes): Measured {
  const view = bytes.view(8 + 10, 8);
  const rate = view.getUint32(0) >>> 12;
  const samples = (view.getUint8(3) & 15) * 2 ** 32 +
    view.getUint32(4);
  return lasting(samples / rate);
}

/** Throws `MalformedFile`. */
export function examineWav(bytes: Bytes): Measured {
  const steps = new Steps(1_000);
  let rate = 0;
  for (let at = 12; bytes.size >= at + 8;) {
    steps.take();
    const kind = latin(bytes.read(at, 4));
    const length = bytes.view(at + 4, 4).getUint32(0, true);
    if (kind === "fmt ") rate = bytes.view(at + 16, 4).getUint32(0, true);
    if (kind === "data") return lasting(Math.min(length, bytes.size - at - 8) / rate);
    at += 8 + length + length % 2;
  }
  return UNMEASURED;
}

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

/** By the count of frames in its first one, or else by its bits a second. Throws `MalformedFile`. */
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

/** Behind an ID3 tag and padding. */
function firstFrame(bytes: Bytes): number {
  const head = bytes.read(0, 10);
  let from = 0;
  if (latin(head.subarray(0, 3)) === "ID3") {
    from = 10 + [6, 7, 8, 9].reduce((all, index) => all * 128 + ((head[index] ?? 0) & 127), 0);
  }
  const part = bytes.read(from, 64 * 1024);
  for (let at = part.indexOf(0xff); at >= 0; at = part.indexOf(0xff, at + 1)) {
    const next = part[at + 1] ?? 0;
    if ((next & 0xe0) === 0xe0 && (next & 0x18) !== 0x08 && (next & 0x06) !== 0) return from + at;
  }
  throw new MalformedFile();
}
