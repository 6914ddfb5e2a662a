/**
 * The pages of Ogg, and the packets that they cut into pieces. A page that was changed gets its sum
 * again, without which players leave it out. (RFC 3533)
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import type { BytesStretch } from "./stretches.ts";

/** Nearly three hours of pages of 20 ms; most programs write a second into one. */
const PAGES_MOST = 500_000;
/** Bytes that are looked through at once for where pages go on. */
const SEARCHED = 64 * 1024;
const MARK = "OggS\0";
const HEAD = 27;

/** Where a page is, and what is in it. */
export interface OggPage {
  at: number;
  from: number;
  to: number;
  /** Of its stream. */
  serial: number;
  /** Bytes of each of its pieces; what has 255 goes on in the next one. */
  pieces: Uint8Array;
  isBeginning: boolean;
}

const FILMS = ["\x80theora", "\x01video", "OVP80", "BBCD\0"];

/** It is the first packet of a stream of pictures: of Theora, VP8, Dirac or another. */
export function beginsOggFilm(packet: string): boolean {
  return FILMS.some((begin) => packet.startsWith(begin));
}

/** One after another. What stands between them is nothing that is played, and becomes zeros. */
export function* oggPages(bytes: Bytes): Generator<OggPage> {
  const steps = new Steps(PAGES_MOST);
  for (let at = 0; at < bytes.size;) {
    steps.take();
    const isPage = at + HEAD <= bytes.size && latin(bytes.read(at, MARK.length)) === MARK;
    if (!isPage) {
      if (at === 0) throw new MalformedFile();
      const next = nextPage(bytes, at + 1);
      bytes.blank(at, next - at);
      at = next;
      continue;
    }
    const head = bytes.view(at, HEAD);
    const pieces = bytes.read(at + HEAD, head.getUint8(26));
    const from = at + HEAD + pieces.length;
    const to = from + pieces.reduce((sum, length) => sum + length, 0);
    if (to > bytes.size) { // it was cut short, and is left out by players
      at = nextPage(bytes, at + 1);
      continue;
    }
    const isBeginning = (head.getUint8(5) & 2) === 2;
    yield { at, from, to, serial: head.getUint32(14), pieces, isBeginning };
    at = to;
  }
}

/** The end of the file where there is none. */
function nextPage(bytes: Bytes, from: number): number {
  for (let at = from; at < bytes.size; at += SEARCHED - MARK.length + 1) {
    const part = bytes.read(at, SEARCHED);
    for (let index = part.indexOf(0x4f); index >= 0; index = part.indexOf(0x4f, index + 1)) {
      // A hundred megabytes of one letter are not to become a hundred million texts.
      if (part[index + 1] !== 0x67 || part[index + 2] !== 0x67 || part[index + 3] !== 0x53) {
        continue;
      }
      if (latin(part.subarray(index, index + MARK.length)) === MARK) return at + index;
    }
  }
  return bytes.size;
}

/** A packet as far as it is known. */
export class OggPacket {
  readonly pages: OggPage[] = [];
  readonly stretches: BytesStretch[] = [];

  /**
   * Takes what is its of a page.
   * @param first which piece of the page is its first one
   * @param most of pages; throws `MalformedFile` where it has more
   * @returns which piece of the page is behind it; null where it goes on in the next page
   */
  take(page: OggPage, first: number, most: number): number | null {
    if (this.pages.length >= most) throw new MalformedFile();
    const { pieces, from } = page;
    const count = pieces.subarray(first).findIndex((length) => length < 255);
    const next = count < 0 ? pieces.length : first + count + 1;
    const sum = (part: Uint8Array) => part.reduce((all, length) => all + length, 0);
    this.pages.push(page);
    this.stretches.push({
      at: from + sum(pieces.subarray(0, first)),
      length: sum(pieces.subarray(first, next)),
    });
    return count < 0 ? null : next;
  }
}

/** As the page is now. Its sum is made with zeros in its place. */
export function writeOggSum(bytes: Bytes, { at, to }: OggPage): void {
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
