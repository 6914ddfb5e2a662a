/**
 * How long a movie of fragments is: what browsers record is written piece by piece, and its beginning
 * does not know its end.
 */
import { boxesIn, boxIn, type MediaBox } from "./boxes.ts";
import type { Bytes, Steps } from "./bytes.ts";

const SAMPLES_MOST = 200_000;

/** Seconds, of the longest track; null where there is nothing to tell it by. Throws `MalformedFile`. */
export function fragmentsDuration(bytes: Bytes, moov: MediaBox, steps: Steps): number | null {
  const tracks = readTracks(bytes, moov, steps);
  const ends = new Map<number, number>();
  for (const box of boxesIn(bytes, 0, bytes.size, steps)) {
    if (box.kind !== "moof") continue;
    for (const part of boxesIn(bytes, box.from, box.to, steps)) {
      if (part.kind === "traf") addFragment(bytes, part, { tracks, ends }, steps);
    }
  }
  const seconds = [...ends].map(([track, end]) => end / (tracks.get(track)?.scale ?? Infinity));
  const longest = Math.max(0, ...seconds);
  return longest > 0 ? longest : null;
}

interface Tracks {
  tracks: Map<number, { scale: number; usual: number }>;
  /** Where each has arrived, in its own units. */
  ends: Map<number, number>;
}

function readTracks(bytes: Bytes, moov: MediaBox, steps: Steps): Tracks["tracks"] {
  const tracks: Tracks["tracks"] = new Map();
  for (const track of boxesIn(bytes, moov.from, moov.to, steps)) {
    if (track.kind !== "trak") continue;
    const header = boxIn(bytes, track, "tkhd", steps);
    const media = boxIn(bytes, track, "mdia", steps);
    const clock = media && boxIn(bytes, media, "mdhd", steps);
    if (header === null || clock === null) continue;
    const id = trackNumber(bytes, header);
    const scale = bytes.view(clock.from + (isLong(bytes, clock) ? 20 : 12), 4).getUint32(0);
    if (scale > 0) tracks.set(id, { scale, usual: 0 });
  }
  const extension = boxIn(bytes, moov, "mvex", steps);
  if (extension === null) return tracks;
  for (const box of boxesIn(bytes, extension.from, extension.to, steps)) {
    if (box.kind !== "trex") continue;
    const view = bytes.view(box.from + 4, 12);
    const track = tracks.get(view.getUint32(0));
    if (track !== undefined) track.usual = view.getUint32(8);
  }
  return tracks;
}

function isLong(bytes: Bytes, { from }: MediaBox): boolean {
  return bytes.view(from, 1).getUint8(0) === 1;
}

/** By its header: what pieces call it. */
export function trackNumber(bytes: Bytes, header: MediaBox): number {
  return bytes.view(header.from + (isLong(bytes, header) ? 20 : 12), 4).getUint32(0);
}

function addFragment(bytes: Bytes, part: MediaBox, { tracks, ends }: Tracks, steps: Steps): void {
  const header = boxIn(bytes, part, "tfhd", steps);
  if (header === null) return;
  const flags = bytes.view(header.from, 4).getUint32(0) & 0xffffff;
  const id = bytes.view(header.from + 4, 4).getUint32(0);
  const usualAt = header.from + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  const usual = flags & 8 ? bytes.view(usualAt, 4).getUint32(0) : tracks.get(id)?.usual ?? 0;
  const start = boxIn(bytes, part, "tfdt", steps);
  let end = ends.get(id) ?? 0;
  if (start !== null) {
    const isLong = bytes.view(start.from, 1).getUint8(0) === 1;
    end = isLong
      ? Number(bytes.view(start.from + 4, 8).getBigUint64(0))
      : bytes.view(start.from + 4, 4).getUint32(0);
  }
  for (const box of boxesIn(bytes, part.from, part.to, steps)) {
    if (box.kind === "trun") end += runLength(bytes, box, usual);
  }
  ends.set(id, Math.max(end, ends.get(id) ?? 0));
}

function runLength(bytes: Bytes, { from, to }: MediaBox, usual: number): number {
  const view = bytes.view(from, 8);
  const flags = view.getUint32(0) & 0xffffff;
  const samples = Math.min(view.getUint32(4), SAMPLES_MOST);
  if (!(flags & 0x100)) return samples * usual;
  const entry = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
  const first = from + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  const there = Math.min(samples, Math.floor((to - first) / entry));
  let length = 0;
  for (let index = 0; index < there; index++) {
    length += bytes.view(first + index * entry, 4).getUint32(0);
  }
  return length;
}
