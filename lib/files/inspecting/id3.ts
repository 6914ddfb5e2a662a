/**
 * ID3, what MP3 says of itself: titles, people, texts and pictures stay, other frames become frames
 * of zeros that nobody knows. Programs keep places, numbers of devices and names of accounts in
 * frames of their own. (ID3v2.2, 2.3, 2.4)
 */
import { type Bytes, latin, Steps } from "./bytes.ts";
import { cleanPicture, tellsTime } from "./song.ts";

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
const YEARS = ["TDRC", "TDOR", "TDRL", "TYER", "TYE"];
/** Of the tag's flags: zeros stand within what would look like sound. */
const UNSYNCHRONISED = 0x80;
const EXTENDED = 0x40;
/** Bytes of the tag's own head. */
const HEAD = 10;

/** Changes it in place. The place behind it; `from` where none begins. */
export function cleanId3(bytes: Bytes, from: number, most: number): number {
  const head = bytes.read(from, HEAD);
  if (head.length < HEAD || latin(head.subarray(0, 3)) !== "ID3") return from;
  const [version, flags] = [head[3]!, head[5]!];
  const end = Math.min(most, from + HEAD + sevens(head.subarray(6)));
  const frames = from + HEAD;
  // Lengths in it count what it was before, in all but the newest version: nobody could walk it.
  const isWalked = version === 4 || version < 4 && (flags & UNSYNCHRONISED) === 0;
  if (!isWalked) bytes.blank(frames, end - frames);
  else cleanFrames(bytes, frames + extended(bytes, frames, head), end, version);
  return end;
}

/** Bytes of what stands before the frames. */
function extended(bytes: Bytes, at: number, head: Uint8Array): number {
  const version = head[3]!;
  if (version < 3 || (head[5]! & EXTENDED) === 0) return 0;
  const length = bytes.read(at, 4);
  return version === 4 ? sevens(length) : 4 + wide(length);
}

function cleanFrames(bytes: Bytes, from: number, end: number, version: number): void {
  const steps = new Steps(FRAMES_MOST);
  for (let at = from; at < end;) {
    steps.take();
    const frame = readFrame(bytes, at, end, version);
    // What was there before padding began may still be in it.
    if (frame === null) return bytes.blank(at, end - at);
    if (!isKept(bytes, frame)) {
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

function isKept(bytes: Bytes, { name, from, to, isPacked }: Frame): boolean {
  if (!KEPT.has(name)) return false;
  if (PICTURES.includes(name)) return !isPacked && cleanPicture(bytes, from, to - from);
  return !YEARS.includes(name) || !tellsTime(bytes.read(from, Math.min(128, to - from)));
}

function sevens(bytes: Uint8Array): number {
  return bytes.reduce((all, byte) => all * 128 + (byte & 127), 0);
}

function wide(bytes: Uint8Array): number {
  return bytes.reduce((all, byte) => all * 256 + byte, 0);
}
