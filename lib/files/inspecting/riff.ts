/** The chunks of RIFF (WAV, AVI): kind, length, content; and what a file says of itself in them. */
import { type Bytes, latin, type Steps } from "./bytes.ts";

export interface RiffChunk {
  kind: string;
  /** Where it begins, where its content begins, and where it ends. */
  at: number;
  from: number;
  to: number;
}

const HEADER = 8;
const KIND = /^[\x20-\x7e]{4}$/;

/** The chunks between two places; what is no chunk ends it. */
export function* chunksIn(
  bytes: Bytes,
  from: number,
  to: number,
  steps: Steps,
): Generator<RiffChunk> {
  for (let at = from; at + HEADER <= to;) {
    steps.take();
    const kind = latin(bytes.read(at, 4));
    if (!KIND.test(kind)) return;
    const length = bytes.view(at + 4, 4).getUint32(0, true);
    // A recording that was cut off never learned its length: the rest is in it.
    const isOpen = length === 0 && isLong(kind, bytes, at);
    const end = isOpen ? to : Math.min(at + HEADER + length, to);
    yield { kind, at, from: at + HEADER, to: end };
    // Not all writers fill up to an even place.
    const isFilled = end % 2 === at % 2 || !KIND.test(latin(bytes.read(end, 4)));
    at = isFilled ? end + (end - at) % 2 : end;
  }
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

/** What it is called, by whom, of what, by whose right. */
const TITLES = "INAM IART IPRD IGNR ICOP ITRK IPRT IMUS IWRI IPRF ILNG ISRF".split(" ");
const FILM = new Set(TITLES);
/** And a song what was noted of it. */
const SONG = new Set([...TITLES, "ICMT", "ISBJ", "IKEY"]);

/** What stays in a list `INFO` are its titles; of a song its year too, which a day is not. */
export function cleanInfo(bytes: Bytes, list: RiffChunk, steps: Steps, isFilm: boolean): void {
  for (const chunk of chunksIn(bytes, list.from + 4, list.to, steps)) {
    const { kind, from, to } = chunk;
    const isYear = !isFilm && kind === "ICRD" &&
      /^\d{4}$/.test(latin(bytes.read(from, Math.min(16, to - from))).replaceAll("\0", ""));
    if (!isYear && !(isFilm ? FILM : SONG).has(kind)) freeChunk(bytes, chunk);
  }
}
