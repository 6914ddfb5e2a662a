/**
 * ID3, what MP3 says of itself: titles, people, texts and pictures stay, other frames become frames
 * of zeros that nobody knows. Programs keep places, numbers of devices and names of accounts in
 * frames of their own. (ID3v2.2, 2.3, 2.4)
 */
import { type Bytes, latin, Steps } from "./bytes.ts";
import { cleanPicture, SAID_MOST, tellsTime } from "./song.ts";

const FRAMES_MOST = 10_000;
/** Titles, who made it, numbers, rights, the year, notes, texts, chapters, what players set. */
const KEPT = new Set(
  ("TIT1 TIT2 TIT3 TPE1 TPE2 TPE3 TPE4 TALB TCON TCOM TEXT TRCK TPOS TYER TORY TDRC TDOR TDRL TCOP " +
    "TPUB TLAN TBPM TKEY TMOO TSRC TCMP TSOA TSOP TSOT TSO2 TSOC TLEN TOAL TOPE TOLY TMCL TIPL " +
    "IPLS COMM USLT SYLT APIC RVA2 RVAD EQU2 CHAP CTOC MLLT ETCO SEEK ASPI " +
    "TT1 TT2 TT3 TP1 TP2 TP3 TP4 TAL TCO TCM TXT TRK TPA TYE TOR TCR TPB TLA TBP TKE TRC TCP TSA " +
    "TSP TST TS2 TSC TLE TOT TOA TOL IPL COM ULT SLT PIC RVA MLL ETC").split(" "),
);
const PICTURES = ["APIC", "PIC"];
/** They stay where they tell no time of day; of notes a recorder's say when and with what it was. */
const DATED = ["TDRC", "TDOR", "TDRL", "TYER", "TYE", "TOR", "TORY", "COMM", "COM"];
/** Frames that have frames in them. */
const CHAPTERS = ["CHAP", "CTOC"];
/** Of the tag's flags: zeros stand within what would look like sound. */
const UNSYNCHRONISED = 0x80;
const EXTENDED = 0x40;
/** Another head stands behind the tag, by which it is found from a file's end. */
const HAS_FOOT = 0x10;
/** Bytes of a chapter's names, of 255 at most. */
const CHAPTER_HEAD_MOST = 16 * 1024;
/** Bytes of the tag's own head. */
const HEAD = 10;

/** The place behind the tag that begins there; `from` where none does. */
export function id3End(bytes: Bytes, from: number): number {
  const head = bytes.read(from, HEAD);
  if (!isHead(head)) return from;
  const foot = (head[5]! & HAS_FOOT) === 0 ? 0 : HEAD;
  return Math.min(bytes.size, from + HEAD + sevens(head.subarray(6)) + foot);
}

/** Of a version there is, with a length in bytes of seven bits: three letters may begin a text. */
function isHead(head: Uint8Array): boolean {
  return head.length === HEAD && latin(head.subarray(0, 3)) === "ID3" &&
    head[3]! >= 2 && head[3]! <= 4 && head.subarray(6).every((byte) => byte < 0x80);
}

/** Bytes of the tag that ends there, by its foot; 0 where none does. */
export function id3LengthBefore(bytes: Bytes, end: number): number {
  const foot = bytes.read(Math.max(0, end - HEAD), HEAD);
  const isThere = foot.length === HEAD && latin(foot.subarray(0, 3)) === "3DI";
  return isThere ? sevens(foot.subarray(6)) + 2 * HEAD : 0;
}

/** Changes it in place. The place behind it; `from` where none begins. */
export function cleanId3(bytes: Bytes, from: number, most: number): number {
  const end = Math.min(most, id3End(bytes, from));
  if (end === from) return from;
  const head = bytes.read(from, HEAD);
  const [version, flags] = [head[3]!, head[5]!];
  const to = (flags & HAS_FOOT) === 0 ? end : Math.max(from + HEAD, end - HEAD);
  const first = from + HEAD + extended(bytes, from + HEAD, head);
  const isChanged = (flags & UNSYNCHRONISED) !== 0;
  // Lengths in it count what it was before, in all but the newest version: nobody could walk it.
  const isWalked = (version === 4 || version < 4 && !isChanged) && first <= to;
  if (!isWalked) bytes.blank(from + HEAD, to - from - HEAD);
  else cleanFrames(bytes, first, to, { version, isChanged, steps: new Steps(FRAMES_MOST) });
  return end;
}

interface Walk {
  version: number;
  /** Zeros stand within pictures: nobody can take them apart. */
  isChanged: boolean;
  steps: Steps;
  /** It is what stands in a chapter. */
  isInside?: boolean;
}

/** Bytes of what stands before the frames. */
function extended(bytes: Bytes, at: number, head: Uint8Array): number {
  const version = head[3]!;
  if (version < 3 || (head[5]! & EXTENDED) === 0) return 0;
  const length = bytes.read(at, 4);
  return version === 4 ? sevens(length) : 4 + wide(length);
}

function cleanFrames(bytes: Bytes, from: number, end: number, walk: Walk): void {
  const { version, steps } = walk;
  for (let at = from; at < end;) {
    steps.take();
    const frame = readFrame(bytes, at, end, version);
    // What was there before padding began may still be in it.
    if (frame === null) return bytes.blank(at, end - at);
    if (!isKept(bytes, frame, walk)) {
      bytes.write(at, new Uint8Array(frame.name.length).fill(0x58)); // X: an experiment of somebody's
      if (version > 2) bytes.blank(frame.from - 2, 2);
      bytes.blank(frame.from, frame.to - frame.from);
    }
    at = frame.to;
  }
}

interface Frame {
  name: string;
  from: number;
  to: number;
  /** It is compressed, encrypted or otherwise not as it is. */
  isPacked: boolean;
}

/** Null where no frame is. */
function readFrame(bytes: Bytes, at: number, end: number, version: number): Frame | null {
  const length = version === 2 ? 3 : 4;
  const head = bytes.read(at, version === 2 ? 6 : HEAD);
  const name = latin(head.subarray(0, length));
  if (!isName(name, length)) return null;
  const from = at + head.length;
  const sizes = head.subarray(length, 2 * length);
  const to = from + (version < 4 ? wide(sizes) : newestLength(bytes, from, end, sizes));
  if (to > end) return null;
  return { name, from, to, isPacked: version > 2 && head[9] !== 0 };
}

function isName(name: string, length: number): boolean {
  return name.length === length && /^[A-Z][A-Z0-9]+$/.test(name);
}

/** In seven bits a byte; iTunes wrote eight, which shows by what follows. */
function newestLength(bytes: Bytes, from: number, end: number, sizes: Uint8Array): number {
  const [said, other] = [sevens(sizes), wide(sizes)];
  const fits = (length: number) => {
    const to = from + length;
    const next = latin(bytes.read(to, 4));
    return to === end || to < end && (next[0] === "\0" || isName(next, 4));
  };
  return said === other || fits(said) || !fits(other) ? said : other;
}

function isKept(bytes: Bytes, frame: Frame, walk: Walk): boolean {
  const { name, from, to, isPacked } = frame;
  if (!KEPT.has(name)) return false;
  const length = to - from;
  if (PICTURES.includes(name)) {
    return !isPacked && !walk.isChanged && cleanPicture(bytes, from, length);
  }
  if (CHAPTERS.includes(name)) return !isPacked && cleanChapter(bytes, frame, walk);
  if (!DATED.includes(name)) return true;
  return !isPacked && !tellsTime(bytes.read(from, Math.min(SAID_MOST, length)));
}

/** Its name and its times, or the names of its chapters, stand before its frames. */
function cleanChapter(bytes: Bytes, { name, from, to }: Frame, walk: Walk): boolean {
  const head = bytes.read(from, Math.min(CHAPTER_HEAD_MOST, to - from));
  const named = head.indexOf(0) + 1;
  if (named === 0 || walk.isInside) return false;
  let inside = named + (name === "CHAP" ? 16 : 2);
  for (let names = name === "CHAP" ? 0 : head[named + 1] ?? 0; names > 0; names--) {
    const end = head.indexOf(0, inside);
    if (end < 0) return false;
    inside = end + 1;
  }
  if (from + inside > to) return false;
  cleanFrames(bytes, from + inside, to, { ...walk, isInside: true });
  return true;
}

function sevens(bytes: Uint8Array): number {
  return bytes.reduce((all, byte) => all * 128 + (byte & 127), 0);
}

function wide(bytes: Uint8Array): number {
  return bytes.reduce((all, byte) => all * 256 + byte, 0);
}
