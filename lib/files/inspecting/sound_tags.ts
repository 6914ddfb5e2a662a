/**
 * What programs put before and behind a sound, whatever it is: ID3, APE's tags, Lyrics3. What stands
 * between is the sound.
 */
import { apeEnd, cleanApeBefore, cleanApeBehind } from "./ape.ts";
import { type Bytes, latin, Steps } from "./bytes.ts";
import { cleanId3, id3End, id3LengthBefore } from "./id3.ts";
import type { Measured } from "./measured.ts";
import { tellsTime } from "./song.ts";
import { type BytesStretch, stretchesOf } from "./stretches.ts";

/** Tags that stand one behind another. */
const TAGS_MOST = 8;
const FIELDS_MOST = 1_000;

/** Where the sound begins, behind all tags; 0 where none stands before it. Changes nothing. */
export function soundBegin(bytes: Bytes): number {
  let from = 0;
  for (let tags = 0; tags < TAGS_MOST; tags++) from = apeEnd(bytes, id3End(bytes, from));
  return from;
}

/** Has the sound between them looked at as a file of its own. The tags are changed in place. */
export function betweenTags(examine: (sound: Bytes) => Measured): (bytes: Bytes) => Measured {
  return (bytes) => examine(stretchesOf(bytes, [cleanSoundTags(bytes)]));
}

/** @returns where the sound is */
function cleanSoundTags(bytes: Bytes): BytesStretch {
  let [from, to] = [0, bytes.size];
  for (let tags = 0; tags < TAGS_MOST; tags++) {
    from = cleanApeBefore(bytes, cleanId3(bytes, from, bytes.size));
  }
  for (let tags = 0; tags < TAGS_MOST; tags++) to = cleanTagBehind(bytes, from, to);
  return { at: from, length: to - from };
}

/** Bytes of the oldest ID3, and where its notes stand in it. */
const OLDEST = 128;
const NOTES = { at: 97, length: 28 };

/** Where the tag begins that ends there; `end` where none does. */
function cleanTagBehind(bytes: Bytes, from: number, end: number): number {
  const tail = latin(bytes.read(Math.max(from, end - 9), Math.min(9, end - from)));
  if (/^LYRICS(200|END)$/.test(tail)) return cleanLyrics(bytes, from, end);
  const id3 = end - id3LengthBefore(bytes, end);
  if (id3 < end && id3 >= from && cleanId3(bytes, id3, end) > id3) return id3;
  const oldest = end - OLDEST;
  if (oldest >= from && latin(bytes.read(oldest, 3)) === "TAG") {
    const notes = oldest + NOTES.at;
    if (tellsTime(bytes.read(notes, NOTES.length))) bytes.blank(notes, NOTES.length);
    return oldest;
  }
  return cleanApeBehind(bytes, from, end);
}

const LYRICS = "LYRICSBEGIN";
/** Bytes of texts of the first version, which does not say how many it has. */
const TEXT_MOST = 5_100;
/** Bytes of the second version's length, and of its mark, which stand at its end. */
const [LENGTH, MARK] = [6, 9];
/** What there is, the text, by whom it is, and what it is called. */
const KEPT = new Set(["IND", "LYR", "AUT", "EAL", "EAR", "ETT"]);

function cleanLyrics(bytes: Bytes, from: number, end: number): number {
  if (latin(bytes.read(end - 3, 3)) === "END") {
    const first = Math.max(from, end - TEXT_MOST - LYRICS.length - MARK);
    const begin = latin(bytes.read(first, end - first)).lastIndexOf(LYRICS);
    return begin < 0 ? end : first + begin;
  }
  const sized = end - MARK - LENGTH;
  const begin = sized - Number(latin(bytes.read(sized, LENGTH)));
  const isThere = begin >= from && latin(bytes.read(begin, LYRICS.length)) === LYRICS;
  if (!isThere) return end;
  cleanFields(bytes, begin + LYRICS.length, sized);
  return begin;
}

/** Three letters, five digits, a text. */
function cleanFields(bytes: Bytes, from: number, to: number): void {
  const steps = new Steps(FIELDS_MOST);
  for (let at = from; at < to;) {
    steps.take();
    const [, name = "", length = ""] = /^([A-Z]{3})(\d{5})$/.exec(latin(bytes.read(at, 8))) ?? [];
    const end = length === "" ? Infinity : at + 8 + Number(length);
    if (end > to) return bytes.blank(at, to - at);
    if (!KEPT.has(name)) {
      bytes.write(at, new TextEncoder().encode("XXX"));
      bytes.blank(at + 8, end - at - 8);
    }
    at = end;
  }
}
