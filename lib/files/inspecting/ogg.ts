/**
 * Ogg: how long a sound is; the comments of each of its streams lose place, time and device, and a
 * skeleton the time at which it was made. (RFC 3533, RFC 7845, Ogg Skeleton 4.0)
 */
import { type Bytes, latin, MalformedFile } from "./bytes.ts";
import { cleanComments } from "./comments.ts";
import { cleanFlacPacket } from "./flac.ts";
import { lasting, type Measured, UNMEASURED } from "./measured.ts";
import { beginsOggFilm, OggPacket, type OggPage, oggPages, writeOggSum } from "./ogg_pages.ts";
import { stretchesOf } from "./stretches.ts";

/** Pages of one packet of comments: 16 MB, with a picture. */
const COMMENT_PAGES_MOST = 256;
const STREAMS_MOST = 100;
/** Bytes at the end in which the last page of an Ogg file begins: pages have 64 KB at most. */
const LAST_PAGE = 130 * 1024;

/** What begins so has comments in its second packet, which begin so themselves. */
const CODECS = [
  { begins: "\x01vorbis", comments: "\x03vorbis" },
  { begins: "OpusHead", comments: "OpusTags" },
  { begins: "\x80theora", comments: "\x81theora" },
  { begins: "OVP80", comments: "OVP80\x02 " },
  { begins: "\x80kate\0\0\0", comments: "\x81kate\0\0\0\0" },
  { begins: "Speex   ", comments: "" },
  { begins: "CELT    ", comments: "" },
  // Each block is a packet, until the last.
  { begins: "\x7fFLAC", comments: null },
  { begins: "fLaC", comments: null },
  { begins: "fishead\0", comments: null },
] as const;
type Codec = typeof CODECS[number];
/** Where a skeleton says when it was made, and in how many bytes. */
const MADE_AT = { at: 44, length: 20 };

/** A stream whose beginning is not over. */
interface Stream {
  codec: Codec;
  /** Packets before. */
  count: number;
  packet: OggPacket;
  pages: Set<OggPage>;
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
  let isSound = false;
  for (const page of oggPages(bytes)) {
    isSound ||= page.isBeginning;
    if (page.isBeginning) {
      const start = latin(bytes.read(page.from, 8));
      isFilm ||= beginsOggFilm(start);
      const codec = CODECS.find(({ begins }) => start.startsWith(begins));
      if (codec === undefined) open.delete(page.serial);
      else open.set(page.serial, { codec, count: 0, packet: new OggPacket(), pages: new Set() });
      if (open.size > STREAMS_MOST) throw new MalformedFile();
    }
    const stream = open.get(page.serial);
    if (stream === undefined || !isOver(bytes, stream, page, isFilm)) continue;
    open.delete(page.serial);
    for (const each of stream.pages) writeOggSum(bytes, each);
  }
  // What is said in them stands somewhere that nobody found.
  if (open.size > 0 || !isSound) throw new MalformedFile();
}

/** Cleans what ends in this page. True when there is no more to be cleaned. */
function isOver(bytes: Bytes, stream: Stream, page: OggPage, isFilm: boolean): boolean {
  stream.pages.add(page);
  for (let piece = 0; piece < page.pieces.length;) {
    const next = stream.packet.take(page, piece, COMMENT_PAGES_MOST);
    if (next === null) return false;
    const packet = stretchesOf(bytes, stream.packet.stretches);
    if (cleanPacket(packet, stream, isFilm)) return true;
    [stream.packet, piece] = [new OggPacket(), next];
    stream.count++;
  }
  return false;
}

/** True where no other has to be cleaned. Throws `MalformedFile`. */
function cleanPacket(packet: Bytes, { codec, count }: Stream, isFilm: boolean): boolean {
  const { begins, comments } = codec;
  if (begins === "fishead\0") {
    packet.blank(MADE_AT.at, MADE_AT.length);
    return true;
  }
  if (count === 0) return false;
  if (comments === null) return cleanFlacPacket(packet);
  if (latin(packet.read(0, comments.length)) !== comments) {
    if (begins === "OVP80") return true; // it may have none
    throw new MalformedFile();
  }
  const { to, end } = cleanComments(packet, comments.length, isFilm);
  // Vorbis has a bit behind, without which its head counts as broken.
  if (to !== end && begins === "\x01vorbis") packet.write(to, Uint8Array.of(1));
  return true;
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
