/**
 * The chunks of RIFF (WAV, AVI) and its kin: kind, length, content; and what a file says of itself in
 * them.
 */
import { type Bytes, latin, type Steps } from "./bytes.ts";
import { SAID_MOST, tellsTime } from "./song.ts";

export interface RiffChunk {
  kind: string;
  /** Where it begins, where its content begins, and where it ends. */
  at: number;
  from: number;
  to: number;
}

const HEADER = 8;
const KIND = /^[\x20-\x7e]{4}$/;

/** How lengths are written. */
export interface RiffLengths {
  /** The highest byte first, as AIFF has them. */
  isBig?: boolean;
  /** Bytes of the sound, where its own chunk cannot tell (RF64); null before they are known. */
  ofSound?: number | null;
}

/** What has more than four bytes can count says so. */
const ELSEWHERE = 0xffff_ffff;

/** The chunks between two places; what is no chunk ends it. */
export function* chunksIn(
  bytes: Bytes,
  from: number,
  to: number,
  steps: Steps,
  lengths: RiffLengths = {},
): Generator<RiffChunk> {
  for (let at = from; at + HEADER <= to;) {
    steps.take();
    const kind = latin(bytes.read(at, 4));
    if (!KIND.test(kind)) return;
    const said = bytes.view(at + 4, 4).getUint32(0, lengths.isBig !== true);
    const length = said === ELSEWHERE && kind === "data" ? lengths.ofSound ?? said : said;
    // A recording that was cut off never learned its length: the rest is in it.
    const isOpen = length === 0 && isLong(kind, bytes, at);
    const end = isOpen ? to : Math.min(at + HEADER + length, to);
    yield { kind, at, from: at + HEADER, to: end };
    // Not all writers fill up to an even place.
    const isFilled = end % 2 === at % 2 || !KIND.test(latin(bytes.read(end, 4)));
    at = isFilled ? end + (end - at) % 2 : end;
  }
}

/** The same, and what stands behind them and is no chunk becomes zeros: nobody reads it. */
export function* onlyChunksIn(
  ...[bytes, from, to, steps, lengths]: Parameters<typeof chunksIn>
): Generator<RiffChunk> {
  let end = from;
  for (const chunk of chunksIn(bytes, from, to, steps, lengths)) {
    end = chunk.to;
    yield chunk;
  }
  bytes.blank(end, to - end);
}

function isLong(kind: string, bytes: Bytes, at: number): boolean {
  return /^(RIFF|data)$/.test(kind) || latin(bytes.read(at + HEADER, 4)) === "movi";
}

/** What the chunk `LIST` or `RIFF` is a list of. */
export function listKind(bytes: Bytes, { from }: RiffChunk): string {
  return latin(bytes.read(from, 4));
}

const JUNK = new TextEncoder().encode("JUNK");

/** A chunk of zeros that nobody reads, as long as it was. */
export function freeChunk(bytes: Bytes, { at, from, to }: RiffChunk): void {
  bytes.write(at, JUNK);
  bytes.blank(from, to - from);
}

/** What it is called, of what, by whose right. */
const TITLES = "INAM IPRD IGNR ICOP ITRK IPRT IMUS IWRI IPRF ILNG ISRF".split(" ");
const FILM = new Set([...TITLES, "IART"]);
/** And a song what was noted of it. */
const SONG = new Set([...FILM, "ICMT", "ISBJ", "IKEY"]);
/** Of a recording its device and that one's number are who it is by. */
const RECORDING = new Set(TITLES);

/**
 * What stays in a list `INFO` are its titles; of a song its year too, which a day is not. Whose notes
 * tell a time was recorded, and is no song.
 */
export function cleanInfo(bytes: Bytes, list: RiffChunk, steps: Steps, isFilm: boolean): void {
  const chunks = () => onlyChunksIn(bytes, list.from + 4, list.to, steps);
  const said = ({ from, to }: RiffChunk) => bytes.read(from, Math.min(SAID_MOST, to - from));
  const isRecording = !isFilm &&
    chunks().some((chunk) => chunk.kind === "ICMT" && tellsTime(said(chunk)));
  const kept = isFilm ? FILM : isRecording ? RECORDING : SONG;
  for (const chunk of chunks()) {
    const isYear = !isFilm && chunk.kind === "ICRD" &&
      /^\d{4}$/.test(latin(said(chunk)).replaceAll("\0", ""));
    if (!isYear && !kept.has(chunk.kind)) freeChunk(bytes, chunk);
  }
}
