/**
 * WebM and Matroska: size and duration; what a film says of itself, such as where, when and with what
 * it was recorded, becomes room that nobody reads. Sounds keep what they are called. (RFC 8794,
 * RFC 9559)
 */
import { type Bytes, latin, Steps } from "./bytes.ts";
import { type Measured, UNMEASURED } from "./measured.ts";
import { isTitle } from "./song.ts";

const ELEMENTS_MOST = 300_000;
const ID = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  time: 0xe7,
  block: 0xa3,
  group: 0xa0,
  blockInGroup: 0xa1,
};
/** Tags, the date, names of files; and sums of what is changed with them. */
const TAGS = 0x1254c367;
const PERSONAL = new Set([TAGS, 0x4461, 0x7384, 0x3c83ab, 0x3e83bb, 0xbf]);
/** An element that nobody reads. */
const VOID = 0xec;
/** What contains others that matter. */
const OPENED = new Set([
  ID.segment,
  ID.info,
  ID.tracks,
  ID.track,
  ID.video,
  ID.cluster,
  ID.group,
]);

interface Found extends Measured {
  /** Nanoseconds of a unit. */
  scale: number;
  /** Units that the beginning tells, and the last that stands in a block. */
  told: number | null;
  cluster: number;
  last: number;
  /** What it says of itself: from where to where. */
  personal: { id: number; at: number; to: number }[];
}

/** Elements that say something; sums of each part of a film are none of them. */
const PERSONAL_MOST = 1_000;

/** Changes the file in place. Throws `MalformedFile`. */
export function examineMatroska(bytes: Bytes): Measured {
  const steps = new Steps(ELEMENTS_MOST);
  const found: Found = {
    ...UNMEASURED,
    scale: 1_000_000,
    told: null,
    cluster: 0,
    last: 0,
    personal: [],
  };
  // Flat: what contains others is stepped into, so that lengths nobody knew need no end.
  for (let at = 0; at < bytes.size;) {
    steps.take();
    const id = readNumber(bytes, at, true);
    const length = id && readNumber(bytes, id.to, false);
    if (!id || !length) break;
    const to = length.to + length.value;
    if (OPENED.has(id.value)) {
      // What browsers record ends without having told its length: the blocks tell it.
      const isPassed = id.value === ID.cluster && found.told !== null;
      if (isPassed && isUnknown(length, id.to)) break;
      at = isPassed ? to : length.to;
      continue;
    }
    if (PERSONAL.has(id.value) && found.personal.length < PERSONAL_MOST) {
      found.personal.push({ id: id.value, at, to: Math.min(to, bytes.size) });
    }
    readElement(bytes, { id: id.value, from: length.to, length: length.value }, found);
    at = to;
  }
  for (const each of found.personal) {
    if (found.width === null && each.id === TAGS) cleanTags(bytes, each, steps);
    else voidElement(bytes, each);
  }
  const { width, height, told, last, scale } = found;
  const units = told ?? last;
  return { ...UNMEASURED, width, height, duration: units > 0 ? units * scale / 1e9 : null };
}

const TAG = 0x7373;
const SIMPLE = 0x67c8;
const NAME = 0x45a3;
const TEXT = 0x4487;

/** Of a sound: what is no title of a song goes. */
function cleanTags(bytes: Bytes, tags: Stretch, steps: Steps): void {
  for (const tag of elementsIn(bytes, tags, steps)) {
    if (tag.id !== TAG) continue;
    for (const simple of elementsIn(bytes, tag, steps)) {
      if (simple.id === SIMPLE && !isTitleTag(bytes, simple, steps)) voidElement(bytes, simple);
    }
  }
}

function isTitleTag(bytes: Bytes, simple: Stretch, steps: Steps): boolean {
  const said = elementsIn(bytes, simple, steps).toArray();
  const valueOf = (id: number) => {
    const found = said.find((each) => each.id === id);
    return bytes.read(found?.from ?? 0, found ? Math.min(64, found.to - found.from) : 0);
  };
  return isTitle(latin(valueOf(NAME)), valueOf(TEXT), false);
}

interface Stretch {
  at: number;
  to: number;
}

/** What stands in an element. */
function* elementsIn(
  bytes: Bytes,
  outer: Stretch,
  steps: Steps,
): Generator<Stretch & { id: number; from: number }> {
  const head = readNumber(bytes, outer.at, true);
  let at = head === null ? outer.to : readNumber(bytes, head.to, false)?.to ?? outer.to;
  while (at < outer.to) {
    steps.take();
    const id = readNumber(bytes, at, true);
    const length = id && readNumber(bytes, id.to, false);
    if (!id || !length) return;
    const to = length.to + length.value;
    if (to > outer.to) return;
    yield { id: id.value, at, from: length.to, to };
    at = to;
  }
}

/** A length of nothing but ones: nobody knew it (RFC 8794, 6.2). */
function isUnknown({ value, to }: { value: number; to: number }, from: number): boolean {
  return value >= 2 ** (7 * (to - from)) - 1;
}

function voidElement(bytes: Bytes, { at, to }: { at: number; to: number }): void {
  const length = to - at;
  // The longest form of a length has eight bytes, of which the first says that.
  const head = length < 9 ? Uint8Array.of(VOID, 0x80 | length - 2) : new Uint8Array(9);
  if (length >= 9) {
    head.set([VOID, 1]);
    new DataView(head.buffer).setUint32(5, length - 9);
  }
  bytes.write(at, head);
  bytes.blank(at + head.length, length - head.length);
}

interface Element {
  id: number;
  from: number;
  /** Bytes. */
  length: number;
}

function readElement(bytes: Bytes, { id, from, length }: Element, found: Found): void {
  const unsigned = () => bytes.read(from, Math.min(length, 6)).reduce((all, b) => all * 256 + b, 0);
  if (id === ID.scale) found.scale = unsigned();
  else if (id === ID.width) found.width ??= unsigned();
  else if (id === ID.height) found.height ??= unsigned();
  else if (id === ID.time) found.cluster = unsigned();
  else if (id === ID.duration && (length === 4 || length === 8)) {
    const view = bytes.view(from, length);
    const value = length === 4 ? view.getFloat32(0) : view.getFloat64(0);
    if (Number.isFinite(value) && value > 0) found.told = value;
  } else if (id === ID.block || id === ID.blockInGroup) {
    const track = readNumber(bytes, from, false);
    if (track === null) return;
    found.last = Math.max(found.last, found.cluster + bytes.view(track.to, 2).getInt16(0));
  }
}

/** A number whose first bits say its length; with them it is an id. Null where there is none. */
function readNumber(
  bytes: Bytes,
  at: number,
  withLength: boolean,
): { value: number; to: number } | null {
  const part = bytes.read(at, 8);
  const first = part[0] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || length > 8 || part.length < length) return null;
  let value = withLength ? first : first & 0xff >> length;
  for (let index = 1; index < length; index++) value = value * 256 + part[index]!;
  return { value, to: at + length };
}
