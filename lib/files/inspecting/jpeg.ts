/**
 * JPEG: its size, and what stands in it beside the picture. Kept are the marks that decoders need
 * (JFIF, colour profile, Adobe's transform) and which side is up; all else is zeros afterwards, and
 * what stands behind the picture's end is cut off: there phones keep short videos and second
 * pictures with places of their own, and others what is to be taken for another kind of file.
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { orientationAlone, orientationOf } from "./exif.ts";
import { type Measured, picture } from "./measured.ts";
import { type BytesStretch, changeWithin } from "./stretches.ts";
import { examineTiff } from "./tiff.ts";

/** Segments of one file; the most that cameras write are some hundreds. */
const SEGMENTS_MOST = 20_000;
const SCAN = 64 * 1024;
const SCAN_FIRST = 256;
const EXIF = "Exif\0\0";
/**
 * Scans of a picture whose decoder is asked for it: programs make some ten, and a hundred kilobytes
 * may hold a thousand, each of which is a walk through all pixels, for browsers too.
 */
const SCANS_MOST = 100;
/** Bytes of a JFIF segment before the size of its small picture. */
const JFIF_SIDES = 12;

interface Walk {
  bytes: Bytes;
  size: JpegForm | null;
  scans: number;
  /** Null until an Exif segment was met. */
  orientation: number | null;
  /** What it is: a file; what a raw picture is developed by; one of a film's pictures. */
  as: "file" | "raw" | "frame";
}

interface JpegForm {
  width: number;
  height: number;
  isProgressive: boolean;
  components: number;
  /** Bytes of a pixel where all of it is in memory. */
  aPixel: number;
  /** It can only be decoded as a whole. */
  isWhole: boolean;
}

/**
 * Changes the file in place. Throws `MalformedFile`.
 * @param isWithinRaw a camera's raw picture is developed by what stands in this one: the camera and
 *   its settings stay
 */
export function examineJpeg(bytes: Bytes, isWithinRaw = false): Measured {
  const as = isWithinRaw ? "raw" : "file";
  const walk: Walk = { bytes, size: null, scans: 0, orientation: null, as };
  passAll(walk, new Steps(SEGMENTS_MOST));
  if (walk.size === null || walk.scans === 0) throw new MalformedFile();
  const { width, height, aPixel, isWhole } = walk.size;
  const isEndless = walk.scans > SCANS_MOST;
  const held = isEndless ? Infinity : isWhole ? width * height * aPixel : 0;
  return picture(width, height, { orientation: walk.orientation ?? 1, held });
}

/** Segments of all pictures of a film: of an hour and more, with a dozen in each. */
const FRAMES_SEGMENTS_MOST = 1_500_000;

/** As many as the pictures of one film may have. */
export function frameSteps(): Steps {
  return new Steps(FRAMES_SEGMENTS_MOST);
}

/**
 * Cleans pictures of a film that stand one behind another: one may have two halves, of every second
 * line each. What is cut short is shown as far as it goes. Throws `MalformedFile` after too many.
 * @param steps those of the film
 */
export function cleanFrames(bytes: Bytes, stretch: BytesStretch, steps: Steps): void {
  changeWithin(
    bytes,
    stretch,
    (part) => passAll({ bytes: part, size: null, scans: 0, orientation: null, as: "frame" }, steps),
  );
  steps.take();
}

function passAll(walk: Walk, steps: Steps): void {
  let at: number | null = 2;
  while (at !== null) {
    steps.take();
    at = passSegment(walk, at);
  }
}

/** Where the next segment begins; null at the end. */
function passSegment(walk: Walk, at: number): number | null {
  const { bytes } = walk;
  const [mark, kind] = bytes.read(at, 2);
  if (mark === undefined || kind === undefined) return null; // it was cut short
  if (mark !== 0xff) return nextMark(bytes, at);
  if (kind === 0xff) return at + 1; // padding
  if (kind === 0xd9) {
    if (walk.as === "frame") return at + 2;
    bytes.truncate(at + 2);
    return null;
  }
  if (kind === 0x01 || kind >= 0xd0 && kind <= 0xd8) return at + 2;
  if (bytes.size < at + 4) return null;
  const length = bytes.view(at + 2, 2).getUint16(0);
  if (length < 2) throw new MalformedFile();
  const isFrame = kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
  if (isFrame && walk.size === null) {
    walk.size = readForm(bytes, at, kind);
  } else if (kind >= 0xe0 && kind <= 0xef || kind === 0xfe) {
    clean(walk, kind, at + 4, length - 2);
  }
  if (kind !== 0xda) return at + 2 + length;
  countScan(walk, at);
  return nextMark(bytes, at + 2 + length);
}

function readForm(bytes: Bytes, at: number, kind: number): JpegForm {
  const view = bytes.view(at + 5, 5);
  const components = view.getUint8(4);
  const parts = [...bytes.read(at + 11, 3 * components)].filter((_, index) => index % 3 === 0);
  const [across, down] = [parts.map((part) => part >> 4), parts.map((part) => part & 15)];
  const most = Math.max(1, ...across) * Math.max(1, ...down);
  const sum = across.reduce((all, each, index) => all + each * down[index]!, 0);
  const isProgressive = (kind & 3) === 2;
  return {
    height: view.getUint16(0),
    width: view.getUint16(2),
    isProgressive,
    components,
    aPixel: 2 * 1.05 * sum / most,
    isWhole: isProgressive,
  };
}

/** What has not all its colours in its first scan is held as a progressive one is. */
function countScan(walk: Walk, at: number): void {
  const { size } = walk;
  if (++walk.scans > 1 || size === null) return;
  size.isWhole ||= walk.bytes.view(at + 4, 1).getUint8(0) < size.components;
}

/** Behind the data of a scan. */
function nextMark(bytes: Bytes, from: number): number | null {
  // Marks may stand close together, and for each the next one is searched anew.
  let length = SCAN_FIRST;
  for (let at = from; at < bytes.size; at += length - 1, length = Math.min(2 * length, SCAN)) {
    const part = bytes.read(at, length);
    for (let index = part.indexOf(0xff); index >= 0; index = part.indexOf(0xff, index + 1)) {
      const kind = part[index + 1];
      if (kind === undefined) break; // the next part begins with it
      if (kind !== 0 && kind !== 0xff && !(kind >= 0xd0 && kind <= 0xd7)) return at + index;
    }
  }
  return null;
}

function clean(walk: Walk, kind: number, at: number, length: number): void {
  const start = latin(walk.bytes.read(at, 16));
  if (kind === 0xe0 && start.startsWith("JFIF\0")) {
    // Behind it may stand a small picture: of what was there before somebody cut it out.
    walk.bytes.blank(at + JFIF_SIDES, length - JFIF_SIDES);
    return;
  }
  // How a film's two halves are put together.
  if (walk.as === "frame" && kind === 0xe0 && start.startsWith("AVI1")) return;
  const isKept = kind === 0xe2 && start.startsWith("ICC_PROFILE\0") ||
    kind === 0xee && start.startsWith("Adobe");
  if (isKept) return;
  if (kind === 0xe1 && start.startsWith(EXIF) && walk.orientation === null) {
    const tiff = at + EXIF.length;
    const left = length - EXIF.length;
    walk.orientation = orientationOf(walk.bytes.read(tiff, left));
    const exif = { at: tiff, length: left };
    if (walk.as === "raw" && changeWithin(walk.bytes, exif, (part) => examineTiff(part, true))) {
      return;
    }
    walk.bytes.write(tiff, orientationAlone(left, walk.orientation));
    return;
  }
  walk.bytes.blank(at, length);
}
