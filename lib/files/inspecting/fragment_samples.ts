/**
 * Where the content of a film in fragments stands: phones, drones and browsers write it piece by
 * piece, each with tables of its own (`moof`). What is blanked in a film as a whole is blanked there
 * too; a piece whose tables lead nowhere makes the film one that cannot be taken apart.
 * (ISO 14496-12, 8.8)
 */
import { boxesIn, boxIn, freeBox, type MediaBox } from "./boxes.ts";
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { cleanFrames, frameSteps } from "./jpeg.ts";
import type { BytesStretch } from "./stretches.ts";

/** Boxes of pieces, each time they are walked: six hours of pieces of a second have 300,000. */
const BOXES_MOST = 2_000_000;
/** What a player needs of a piece, and of what it has of a track. */
const KEPT = new Set(["mfhd", "traf", "pssh"]);
const KEPT_IN_TRACK = new Set(
  ["tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio", "senc"],
);

/** What is known of a film's tracks, by their numbers. */
export interface FilmTracks {
  shown: Set<number>;
  /** Measurements, and captions that tell a way. */
  hidden: Set<number>;
  /** Their pictures are JPEGs. */
  frames: Set<number>;
  /** Bytes of a sample, where a piece does not say it. */
  usual: Map<number, number>;
  steps: Steps;
}

export function noTracks(): FilmTracks {
  return {
    shown: new Set(),
    hidden: new Set(),
    frames: new Set(),
    usual: new Map(),
    steps: new Steps(BOXES_MOST),
  };
}

/** Reads what pieces do not say themselves. */
export function readUsual(bytes: Bytes, extension: MediaBox, { usual, steps }: FilmTracks): void {
  for (const box of boxesIn(bytes, extension.from, extension.to, steps)) {
    if (box.kind !== "trex") continue;
    const view = bytes.view(box.from + 4, 16);
    usual.set(view.getUint32(0), view.getUint32(12));
  }
}

/** The content of that track, one run of samples after another. Throws `MalformedFile`. */
export function* fragmentStretches(
  bytes: Bytes,
  track: number,
  tracks: FilmTracks,
): Generator<BytesStretch> {
  for (const box of boxesIn(bytes, 0, bytes.size, tracks.steps)) {
    if (box.kind !== "moof") continue;
    for (const run of runsIn(bytes, box, tracks)) if (run.track === track) yield run;
  }
}

/** Changes all pieces in place. Throws `MalformedFile`. */
export function cleanFragments(bytes: Bytes, tracks: FilmTracks): void {
  const segments = frameSteps();
  for (const box of boxesIn(bytes, 0, bytes.size, tracks.steps)) {
    if (box.kind !== "moof") continue;
    for (const run of runsIn(bytes, box, tracks)) {
      const isHidden = tracks.hidden.has(run.track) || !tracks.shown.has(run.track);
      if (isHidden) bytes.blank(run.at, run.length);
      else if (tracks.frames.has(run.track)) cleanFrames(bytes, run, segments);
    }
    cleanTables(bytes, box, tracks);
  }
}

/** Tables of tracks that are gone go too, where those behind do not count on them. */
function cleanTables(bytes: Bytes, moof: MediaBox, tracks: FilmTracks): void {
  const { shown, hidden, steps } = tracks;
  let isCountedOn = false;
  const gone: MediaBox[] = [];
  for (const box of boxesIn(bytes, moof.from, moof.to, steps)) {
    if (!KEPT.has(box.kind)) freeBox(bytes, box);
    if (box.kind !== "traf") continue;
    const { track, base, isFromPiece } = readHeader(bytes, box, tracks);
    if (base === null && !isFromPiece) isCountedOn = true;
    if (hidden.has(track) || !shown.has(track)) gone.push(box);
    for (const part of boxesIn(bytes, box.from, box.to, steps)) {
      if (!KEPT_IN_TRACK.has(part.kind)) freeBox(bytes, part);
    }
  }
  if (!isCountedOn) { for (const box of gone) freeBox(bytes, box); }
}

interface Run extends BytesStretch {
  track: number;
}

/** Samples that stand together, in the order of the tables. */
function* runsIn(bytes: Bytes, moof: MediaBox, tracks: FilmTracks): Generator<Run> {
  // What does not say where it begins goes on behind what stands before it.
  let end = moof.at;
  for (const part of boxesIn(bytes, moof.from, moof.to, tracks.steps)) {
    if (part.kind !== "traf") continue;
    const { track, base, isFromPiece, size } = readHeader(bytes, part, tracks);
    const begin = base ?? (isFromPiece ? moof.at : end);
    end = begin;
    for (const box of boxesIn(bytes, part.from, part.to, tracks.steps)) {
      if (box.kind !== "trun") continue;
      const { offset, length } = readRun(bytes, box, size);
      const at = offset === null ? end : begin + offset;
      end = at + length;
      const isInTables = at < moof.to && end > moof.at;
      if (at < 0 || length > 0 && isInTables) throw new MalformedFile();
      if (length > 0) yield { track, at, length };
    }
  }
}

function readHeader(bytes: Bytes, part: MediaBox, { usual, steps }: FilmTracks) {
  const header = boxIn(bytes, part, "tfhd", steps);
  if (header === null) throw new MalformedFile();
  const view = bytes.view(header.from, 8);
  const [flags, track] = [view.getUint32(0), view.getUint32(4)];
  const base = flags & 1 ? Number(bytes.view(header.from + 8, 8).getBigUint64(0)) : null;
  const sizeAt = header.from + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0) + (flags & 8 ? 4 : 0);
  const size = flags & 0x10 ? bytes.view(sizeAt, 4).getUint32(0) : usual.get(track) ?? 0;
  return { track, base, isFromPiece: (flags & 0x2_0000) !== 0, size };
}

/** Where it says that it begins, and its bytes. */
function readRun(bytes: Bytes, { from, to }: MediaBox, usual: number) {
  const view = bytes.view(from, 8);
  const [flags, count] = [view.getUint32(0), view.getUint32(4)];
  const offset = flags & 1 ? bytes.view(from + 8, 4).getInt32(0) : null;
  if (!(flags & 0x200)) return { offset, length: count * usual };
  const entry = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
  const first = from + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  const there = Math.floor((to - first) / entry);
  // Of a film that was cut short here nothing stands behind its last table.
  if (there < count && to < bytes.size) throw new MalformedFile();
  let length = 0;
  for (let index = 0; index < Math.min(count, there); index++) {
    length += bytes.view(first + index * entry + (flags & 0x100 ? 4 : 0), 4).getUint32(0);
  }
  return { offset, length };
}
