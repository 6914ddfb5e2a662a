/**
 * APE's tags, which programs put behind MP3 and other sounds, or before them: titles, loudness and
 * pictures stay; other items become items of zeros that nobody knows. (APEv1, APEv2)
 */
import { type Bytes, latin, Steps } from "./bytes.ts";
import { cleanPicture, isTitle, SAID_MOST } from "./song.ts";

const ITEMS_MOST = 10_000;
const MARK = "APETAGEX";
/** Bytes of the tag's head, and of its foot, which is like it. */
const HEAD = 32;
/** Bytes of an item's name, with its end. */
const NAME_MOST = 256;
/** In an item's flags: it is a way to a file somewhere. In a tag's: a head stands before it. */
const IS_WAY = 4;
const HAS_HEAD = 0x8000_0000;

/** The place behind the tag that begins there; `at` where none does. */
export function apeEnd(bytes: Bytes, at: number): number {
  const tag = readTag(bytes, at);
  return tag === null ? at : Math.min(at + HEAD + tag.length, bytes.size);
}

/** Changes it in place. The place behind it; `at` where none begins. */
export function cleanApeBefore(bytes: Bytes, at: number): number {
  const end = apeEnd(bytes, at);
  if (end > at) cleanItems(bytes, at + HEAD, Math.max(at + HEAD, end - HEAD));
  return end;
}

/** Changes it in place. The place where the tag begins that ends there; `end` where none does. */
export function cleanApeBehind(bytes: Bytes, from: number, end: number): number {
  const tag = readTag(bytes, end - HEAD);
  if (tag === null || end - tag.length < from) return end;
  cleanItems(bytes, end - tag.length, end - HEAD);
  return Math.max(from, end - tag.length - (tag.hasHead ? HEAD : 0));
}

/** Bytes of it, its foot included and its head not. */
function readTag(bytes: Bytes, at: number): { length: number; hasHead: boolean } | null {
  if (at < 0 || at + HEAD > bytes.size || latin(bytes.read(at, 8)) !== MARK) return null;
  const view = bytes.view(at, HEAD);
  const length = view.getUint32(12, true);
  return length < HEAD ? null : { length, hasHead: view.getUint32(20, true) >= HAS_HEAD };
}

function cleanItems(bytes: Bytes, from: number, to: number): void {
  const steps = new Steps(ITEMS_MOST);
  for (let at = from; at < to;) {
    steps.take();
    const head = bytes.read(at, 8 + NAME_MOST);
    const named = head.indexOf(0, 8);
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const value = at + named + 1;
    const end = named < 0 ? Infinity : value + view.getUint32(0, true);
    // What is no item is read by nobody.
    if (end > to) return bytes.blank(at, to - at);
    const name = latin(head.subarray(8, named));
    const isWay = (view.getUint32(4, true) & IS_WAY) !== 0;
    if (isWay || !isKept(bytes, name, value, end)) {
      bytes.write(at + 8, new Uint8Array(name.length).fill(0x58)); // X
      bytes.blank(value, end - value);
    }
    at = end;
  }
}

function isKept(bytes: Bytes, name: string, from: number, to: number): boolean {
  if (/^cover art /i.test(name)) return cleanPicture(bytes, from, to - from);
  return isTitle(name, bytes.read(from, Math.min(SAID_MOST, to - from)), false);
}
