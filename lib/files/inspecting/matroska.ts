/**
 * WebM and Matroska: size and duration; what a film says of itself, such as where, when and with what
 * it was recorded, becomes room that nobody reads. Sounds keep what they are called. (RFC 9559)
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { cleanFrames, frameSteps } from "./jpeg.ts";
import {
  isLengthUnknown,
  type MatroskaElement,
  readNumber,
  voidElement,
} from "./matroska_elements.ts";
import { type MatroskaPacking, unpack, usualPacking } from "./matroska_packing.ts";
import { cleanAttachments, cleanTags } from "./matroska_said.ts";
import { type Measured, UNMEASURED } from "./measured.ts";
import type { BytesStretch } from "./stretches.ts";
import { OpenCaptions } from "./ways.ts";

/** Six hours of what a browser records. */
const ELEMENTS_MOST = 1_000_000;
const ID = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  number: 0xd7,
  kind: 0x83,
  codec: 0x86,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  time: 0xe7,
  block: 0xa3,
  group: 0xa0,
  blockInGroup: 0xa1,
  beside: 0x75a1,
  packings: 0x6d80,
  packing: 0x6240,
  compression: 0x5034,
  algorithm: 0x4254,
  beginning: 0x4255,
  encryption: 0x5035,
};
const TAGS = 0x1254c367;
const ATTACHMENTS = 0x1941a469;
/** The date, names of files; and sums of what is changed with them. */
const PERSONAL = new Set([0x4461, 0x7384, 0x3c83ab, 0x3e83bb, 0xbf]);
/** Programs, which must be named, and what stood before where nobody reads: they become zeros. */
const EMPTIED = new Set([0x4d80, 0x5741, 0xec]);
/** What contains others that matter. */
const OPENED = new Set([
  ID.segment,
  ID.info,
  ID.tracks,
  ID.track,
  ID.video,
  ID.cluster,
  ID.group,
  ID.packings,
  ID.packing,
  ID.compression,
]);
/** Bytes that are kept of what all contents of a track begin with. */
const BEGINNING_MOST = 1_024;
/** Bytes of an element's kind and length: so many may be left of one that was cut short. */
const HEAD_MOST = 12;
/** Pictures, sounds, both, a logo, captions, buttons; others are measurements and commands. */
const SHOWN: readonly number[] = [1, 2, 3, 16, 17, 18];
const CAPTIONS = 17;
const TRACKS_MOST = 1_000;

interface Track {
  number: number;
  isShown: boolean;
  /** Each of its pictures is a JPEG. */
  isFrames: boolean;
  /** Captions that may yet tell a way: what they hold goes then. */
  captions: OpenCaptions | null;
  packing: MatroskaPacking | null;
}

interface Found extends Measured {
  /** Nanoseconds of a unit. */
  scale: number;
  /** Units that the beginning tells, and the last that stands in a block. */
  told: number | null;
  cluster: number;
  last: number;
  tracks: Track[];
  /** Of pictures that are JPEGs. */
  pictures: Steps;
  /** The one whose block was last: what is said beside that stands behind it. */
  track: Track | null;
  /** Tags and files: what of them stays depends on what it is. */
  said: MatroskaElement[];
}

const SAID_MOST = 1_000;

/** Changes the file in place. Throws `MalformedFile`. */
export function examineMatroska(bytes: Bytes): Measured {
  const steps = new Steps(ELEMENTS_MOST);
  const found: Found = {
    ...UNMEASURED,
    scale: 1_000_000,
    told: null,
    cluster: 0,
    last: 0,
    tracks: [],
    track: null,
    pictures: frameSteps(),
    said: [],
  };
  walk(bytes, found, steps);
  if (found.tracks.length === 0) throw new MalformedFile();
  for (const each of found.said) {
    if (each.id === ATTACHMENTS) cleanAttachments(bytes, each, steps);
    else if (found.width === null && each.id === TAGS) cleanTags(bytes, each, steps);
    else voidElement(bytes, each);
  }
  const { width, height, told, last, scale } = found;
  const units = told ?? last;
  return { ...UNMEASURED, width, height, duration: units > 0 ? units * scale / 1e9 : null };
}

/** Flat: what contains others is stepped into, so that lengths nobody knew need no end. */
function walk(bytes: Bytes, found: Found, steps: Steps): void {
  for (let at = 0; at < bytes.size;) {
    steps.take();
    const id = readNumber(bytes, at, true);
    const length = id && readNumber(bytes, id.to, false);
    if (!id || !length) {
      if (bytes.size - at > HEAD_MOST) throw new MalformedFile();
      return;
    }
    const to = length.to + length.value;
    if (OPENED.has(id.value)) {
      if (id.value === ID.track) addTrack(found);
      const last = found.tracks.at(-1);
      if (id.value === ID.compression && last) last.packing = usualPacking();
      // What browsers record ends without having told its length: the blocks tell it.
      const isPassed = id.value === ID.cluster && found.told !== null &&
        !isLengthUnknown(length, id.to) && found.tracks.every((track) =>
          track.isShown && !track.isFrames && track.captions === null
        );
      at = isPassed ? to : length.to;
      continue;
    }
    const element = { id: id.value, at, from: length.to, to: Math.min(to, bytes.size) };
    if (EMPTIED.has(id.value)) bytes.blank(element.from, element.to - element.from);
    if (PERSONAL.has(id.value)) voidElement(bytes, element);
    if (id.value === TAGS || id.value === ATTACHMENTS) {
      if (found.said.push(element) > SAID_MOST) throw new MalformedFile();
    }
    readElement(bytes, element, found);
    at = to;
  }
}

function addTrack({ tracks }: Found): void {
  if (tracks.length < TRACKS_MOST) {
    tracks.push({ number: 0, isShown: true, isFrames: false, captions: null, packing: null });
  }
}

function readElement(bytes: Bytes, { id, from, to }: MatroskaElement, found: Found): void {
  const length = to - from;
  const unsigned = () => bytes.read(from, Math.min(length, 6)).reduce((all, b) => all * 256 + b, 0);
  const track = found.tracks.at(-1);
  if (id === ID.scale) found.scale = unsigned();
  else if (id === ID.width) found.width ??= unsigned();
  else if (id === ID.height) found.height ??= unsigned();
  else if (id === ID.time) found.cluster = unsigned();
  else if (id === ID.number && track) track.number = unsigned();
  else if (id === ID.kind && track) setKind(track, unsigned());
  else if (id === ID.algorithm && track?.packing) track.packing.algorithm = unsigned();
  else if (id === ID.beginning && track?.packing) {
    track.packing.beginning = bytes.read(from, Math.min(length, BEGINNING_MOST));
  } else if (id === ID.encryption && track) track.packing = { ...usualPacking(), algorithm: null };
  else if (id === ID.beside) takeContent(bytes, { at: from, length }, found.track, found);
  else if (id === ID.codec && track) track.isFrames = latin(bytes.read(from, 7)) === "V_MJPEG";
  else if (id === ID.duration && (length === 4 || length === 8)) {
    const view = bytes.view(from, length);
    const value = length === 4 ? view.getFloat32(0) : view.getFloat64(0);
    if (Number.isFinite(value) && value > 0) found.told = value;
  } else if (id === ID.block || id === ID.blockInGroup) {
    readBlock(bytes, { from, to }, found);
  }
}

/** Its track, its time, how it is cut, and what is shown. */
function readBlock(bytes: Bytes, { from, to }: { from: number; to: number }, found: Found): void {
  const number = readNumber(bytes, from, false);
  if (number === null) return;
  found.last = Math.max(found.last, found.cluster + bytes.view(number.to, 2).getInt16(0));
  found.track = found.tracks.find((each) => each.number === number.value) ?? null;
  const content = number.to + 3;
  takeContent(bytes, { at: content, length: Math.max(0, to - content) }, found.track, found);
}

function setKind(track: Track, kind: number): void {
  track.isShown = SHOWN.includes(kind);
  track.captions = kind === CAPTIONS ? new OpenCaptions() : null;
}

function takeContent(
  bytes: Bytes,
  content: BytesStretch,
  track: Track | null,
  { pictures }: Found,
): void {
  if (track === null) return;
  const verdict = track.captions?.take(bytes, content, (packed) => unpack(packed, track.packing)) ??
    "open";
  if (verdict !== "open") track.captions = null;
  if (verdict === "way") track.isShown = false;
  else if (!track.isShown) bytes.blank(content.at, content.length);
  else if (track.isFrames) cleanFrames(bytes, content, pictures);
}
