/** Where a track's content stands in the file: to blank that of tracks which nobody is to see. */
import { boxIn, type MediaBox } from "./boxes.ts";
import { type Bytes, Steps } from "./bytes.ts";
import type { BytesStretch } from "./stretches.ts";

/** Entries of one table: a day of video at thirty a second. */
const ENTRIES_MOST = 3_000_000;
/** Places in the file that are blanked: an hour of measurements at thirty a second, and more. */
const PLACES_MOST = 200_000;

/** Throws `MalformedFile`. */
export function blankSamples(bytes: Bytes, media: MediaBox, steps: Steps): void {
  for (const { at, length } of sampleStretches(bytes, media, steps)) bytes.blank(at, length);
}

/** One after another, those that stand together as one. Throws `MalformedFile`. */
export function* sampleStretches(
  bytes: Bytes,
  media: MediaBox,
  steps: Steps,
): Generator<BytesStretch> {
  const information = boxIn(bytes, media, "minf", steps);
  const table = information && boxIn(bytes, information, "stbl", steps);
  if (table === null) return;
  const sizes = boxIn(bytes, table, "stsz", steps);
  const runs = boxIn(bytes, table, "stsc", steps);
  const short = boxIn(bytes, table, "stco", steps);
  const chunks = short ?? boxIn(bytes, table, "co64", steps);
  if (sizes === null || runs === null || chunks === null) return;
  const samples = readSizes(bytes, sizes);
  const places = new Steps(PLACES_MOST);
  let sample = 0;
  for (const run of chunkRuns(bytes, runs, count(bytes, chunks.from + 4))) {
    places.take();
    if (sample >= samples.count) return;
    const at = short === null
      ? Number(bytes.view(chunks.from + 8 + 8 * run.chunk, 8).getBigUint64(0))
      : bytes.view(chunks.from + 8 + 4 * run.chunk, 4).getUint32(0);
    const end = Math.min(sample + run.samples, samples.count);
    let length = 0;
    for (; sample < end; sample++) length += samples.sizeOf(sample);
    yield { at, length };
  }
}

function count(bytes: Bytes, at: number): number {
  return Math.min(bytes.view(at, 4).getUint32(0), ENTRIES_MOST);
}

/** How many there are, and how long each is. */
function readSizes(bytes: Bytes, { from }: MediaBox) {
  const same = bytes.view(from + 4, 4).getUint32(0);
  return {
    count: count(bytes, from + 8),
    sizeOf: (sample: number): number =>
      same !== 0 ? same : bytes.view(from + 12 + 4 * sample, 4).getUint32(0),
  };
}

/** Each chunk, from 0, and how many samples are in it. */
function* chunkRuns(
  bytes: Bytes,
  { from }: MediaBox,
  chunks: number,
): Generator<{ chunk: number; samples: number }> {
  const runs = count(bytes, from + 4);
  for (let run = 0; run < runs; run++) {
    const view = bytes.view(from + 8 + 12 * run, 8);
    const [first, samples] = [view.getUint32(0), Math.min(view.getUint32(4), ENTRIES_MOST)];
    const next = run + 1 < runs ? bytes.view(from + 20 + 12 * run, 4).getUint32(0) : chunks + 1;
    for (let chunk = first; chunk < Math.min(next, chunks + 1); chunk++) {
      if (chunk > 0) yield { chunk: chunk - 1, samples };
    }
  }
}
