/**
 * Ogg: how long a sound is; the comments of each of its streams lose place, time and device. A page
 * carries a sum of itself, which is made anew. (RFC 3533, RFC 7845)
 */
import { type Bytes, latin, Steps } from "./bytes.ts";
import { cleanComments } from "./comments.ts";
import { lasting, type Measured, UNMEASURED } from "./measured.ts";
import { type BytesStretch, stretchesOf } from "./stretches.ts";

/** Nearly three hours of pages of 20 ms; most programs write a second into one. */
const PAGES_MOST = 500_000;
/** Pages of one stream's comments: 16 MB, with a picture. */
const COMMENT_PAGES_MOST = 256;
const STREAMS_MOST = 100;
/** Bytes at the end in which the last page of an Ogg file begins: pages have 64 KB at most. */
const LAST_PAGE = 130 * 1024;

/** What begins so has comments, which begin so themselves. */
const CODECS = [
  { begins: "\x01vorbis", comments: "\x03vorbis", isFilm: false },
  { begins: "OpusHead", comments: "OpusTags", isFilm: false },
  { begins: "\x80theora", comments: "\x81theora", isFilm: true },
  { begins: "Speex   ", comments: "", isFilm: false },
  // A block of FLAC with its kind and length before.
  { begins: "\x7fFLAC", comments: "\x04\0\0\0", isFilm: false },
] as const;
type Codec = typeof CODECS[number];

/** Where a page is, and what is in it. */
interface Page {
  at: number;
  from: number;
  to: number;
  serial: number;
  /** Bytes of each of its pieces; what has 255 goes on in the next one. */
  pieces: Uint8Array;
  isBeginning: boolean;
}

interface Stream {
  codec: Codec;
  pages: Page[];
  stretches: BytesStretch[];
}

/** Changes the file in place. Throws `MalformedFile`. */
export function examineOgg(bytes: Bytes): Measured {
  cleanStreams(bytes);
  return readDuration(bytes);
}

/** Changes the file in place. Throws `MalformedFile`. */
export function examineOggFilm(bytes: Bytes): Measured {
  cleanStreams(bytes);
  return UNMEASURED;
}

function cleanStreams(bytes: Bytes): void {
  const open = new Map<number, Stream>();
  let isFilm = false;
  for (const page of pagesOf(bytes)) {
    if (page.isBeginning) {
      const start = latin(bytes.read(page.from, 8));
      const codec = CODECS.find(({ begins }) => start.startsWith(begins));
      isFilm ||= start.startsWith("\x80theora") || start.startsWith("\x01video");
      if (codec && open.size < STREAMS_MOST) {
        open.set(page.serial, { codec, pages: [], stretches: [] });
      }
      continue;
    }
    const stream = open.get(page.serial);
    if (stream === undefined) continue;
    if (!takeComments(stream, page) && stream.pages.length < COMMENT_PAGES_MOST) continue;
    open.delete(page.serial);
    cleanStream(bytes, stream, isFilm);
  }
}

function* pagesOf(bytes: Bytes): Generator<Page> {
  const steps = new Steps(PAGES_MOST);
  for (let at = 0; at + 27 <= bytes.size;) {
    steps.take();
    const head = bytes.view(at, 27);
    if (head.getUint32(0) !== 0x4f676753) return; // OggS
    const pieces = bytes.read(at + 27, head.getUint8(26));
    const from = at + 27 + pieces.length;
    const to = from + pieces.reduce((sum, length) => sum + length, 0);
    if (to > bytes.size) return;
    const serial = head.getUint32(14);
    yield { at, from, to, serial, pieces, isBeginning: (head.getUint8(5) & 2) === 2 };
    at = to;
  }
}

/** The second packet of a stream has its comments. True when it is complete. */
function takeComments(stream: Stream, page: Page): boolean {
  const end = page.pieces.findIndex((length) => length < 255);
  const pieces = end < 0 ? page.pieces : page.pieces.subarray(0, end + 1);
  const length = pieces.reduce((sum, piece) => sum + piece, 0);
  stream.pages.push(page);
  stream.stretches.push({ at: page.from, length });
  return end >= 0;
}

function cleanStream(bytes: Bytes, { codec, pages, stretches }: Stream, isFilm: boolean): void {
  const packet = stretchesOf(bytes, stretches);
  const { comments } = codec;
  const start = latin(packet.read(0, comments.length));
  const isThere = comments === "\x04\0\0\0" ? start[0] === "\x04" : start === comments;
  if (!isThere) return;
  const { to, end } = cleanComments(packet, comments.length, isFilm);
  // Vorbis has a bit behind, without which its head counts as broken.
  if (to !== end && codec.begins === "\x01vorbis") packet.write(to, Uint8Array.of(1));
  packet.close();
  for (const page of pages) writeSum(bytes, page);
}

/** As the page is now. Its sum is made with zeros in its place. */
function writeSum(bytes: Bytes, { at, to }: Page): void {
  bytes.blank(at + 22, 4);
  const sum = new DataView(new ArrayBuffer(4));
  sum.setUint32(0, oggSum(bytes.read(at, to - at)), true);
  bytes.write(at + 22, new Uint8Array(sum.buffer));
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
  return value;
});

function oggSum(page: Uint8Array): number {
  let value = 0;
  for (const byte of page) value = SUMS[(value >>> 24 ^ byte) & 0xff]! ^ value << 8;
  return value >>> 0;
}

/** By the position in its last page. */
function readDuration(bytes: Bytes): Measured {
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
