/**
 * Canon's raw pictures of today (CR3): boxes as films have them. The camera and its settings stay,
 * which are needed to develop them; place, times, people and numbers do not, neither in the head nor
 * in what is said of each picture beside it (CTMD).
 */
import { BOXES_MOST, boxesIn, boxIn, fileBoxes, freeBox, type MediaBox } from "./boxes.ts";
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";
import { blankTimes, examineTrack } from "./movie.ts";
import { sampleStretches } from "./samples.ts";
import { cleanPicture } from "./song.ts";
import { type BytesStretch, changeWithin } from "./stretches.ts";
import { blankTags, examineTiff } from "./tiff.ts";

/** Names of boxes: the camera's own, and the one with a picture to look at. */
const CANON = "85c0b687820f11e08111f4ce462b6a48";
const PREVIEW = "eaf42b5e1c984b88b9fbb7dc406e4d16";
const NAME = 16;
const KEPT = new Set(["ftyp", "mdat"]);
/** What says which parts there are, and where. */
const KEPT_OF_CANON = new Set(["CNCV", "CCTP", "CTBO"]);
/** In Canon's notes: the number of the file, the owner, numbers of camera, picture and lens, times. */
const CANONS_OWN = new Set([0x0008, 0x0009, 0x000c, 0x0028, 0x0035, 0x0096, 0x4019]);
const EXIF = 0x8769;
const NOTES = 0x927c;
/** What is said beside each picture, by its number: distance, light, Exif. 1 is the time. */
const KEPT_BESIDE = [3, 4, 5];
const WITH_EXIF = [7, 8, 9];

/** Changes the file in place. Throws `MalformedFile`. */
export function examineCr3(bytes: Bytes): Measured {
  const steps = new Steps(BOXES_MOST);
  let size: [number, number] | null = null;
  for (const box of fileBoxes(bytes, steps)) {
    if (box.kind === "moov") size ??= cleanMovie(bytes, box, steps);
    else if (nameOf(bytes, box) === PREVIEW) cleanPreview(bytes, box, NAME);
    else if (!KEPT.has(box.kind)) freeBox(bytes, box);
  }
  if (size === null) throw new MalformedFile();
  return picture(...size);
}

function nameOf(bytes: Bytes, { kind, from }: MediaBox): string {
  return kind === "uuid" ? bytes.read(from, NAME).toHex() : "";
}

function cleanPreview(bytes: Bytes, box: MediaBox, head: number): void {
  const from = box.from + head;
  if (!cleanPicture(bytes, from, Math.max(0, box.to - from))) freeBox(bytes, box);
}

/** The size of the picture. */
function cleanMovie(bytes: Bytes, movie: MediaBox, steps: Steps): [number, number] | null {
  let size: [number, number] | null = null;
  for (const box of boxesIn(bytes, movie.from, movie.to, steps)) {
    if (box.kind === "trak") {
      const found = cleanTrack(bytes, box, steps);
      size ??= found; // the first one is whole, upright, and as the camera shows it
    } else if (box.kind === "mvhd") blankTimes(bytes, box);
    else if (nameOf(bytes, box) === CANON) cleanCanon(bytes, box, steps);
    else freeBox(bytes, box);
  }
  return size;
}

function cleanCanon(bytes: Bytes, outer: MediaBox, steps: Steps): void {
  for (const box of boxesIn(bytes, outer.from + NAME, outer.to, steps)) {
    const { kind, from, to } = box;
    const at = { at: from, length: to - from };
    if (kind === "CMT1" || kind === "CMT2") cleanOr(bytes, at, (tiff) => examineTiff(tiff, true));
    else if (kind === "CMT3") cleanOr(bytes, at, cleanNotes);
    else if (kind === "CMT4") cleanOr(bytes, at, (tiff) => blankTags(tiff, "all"));
    else if (kind === "THMB") cleanPreview(bytes, box, 0);
    else if (!KEPT_OF_CANON.has(kind)) freeBox(bytes, box);
  }
}

/** What cannot be taken apart goes as a whole. */
function cleanOr(bytes: Bytes, stretch: BytesStretch, clean: (part: Bytes) => void): void {
  if (!changeWithin(bytes, stretch, clean)) bytes.blank(stretch.at, stretch.length);
}

function cleanNotes(notes: Bytes): void {
  examineTiff(notes, true);
  blankTags(notes, CANONS_OWN);
}

/** The size of a picture; of what is said beside, which has none, what is personal goes. */
function cleanTrack(bytes: Bytes, track: MediaBox, steps: Steps): [number, number] | null {
  const media = boxIn(bytes, track, "mdia", steps);
  const handler = media && boxIn(bytes, media, "hdlr", steps);
  const isBeside = handler !== null && latin(bytes.read(handler.from + 8, 4)) === "meta";
  if (!isBeside) {
    if (media !== null) cleanPictures(bytes, media, steps);
    return examineTrack(bytes, track, steps);
  }
  const heads = [boxIn(bytes, track, "tkhd", steps), boxIn(bytes, media!, "mdhd", steps)];
  for (const head of heads) if (head !== null) blankTimes(bytes, head);
  for (const stretch of sampleStretches(bytes, media!, steps)) {
    cleanOr(bytes, stretch, (records) => cleanRecords(records, steps));
  }
  return null;
}

/** Of the raw ones nothing is known but that they are no JPEG. */
function cleanPictures(bytes: Bytes, media: MediaBox, steps: Steps): void {
  for (const { at, length } of sampleStretches(bytes, media, steps)) {
    if (latin(bytes.read(at, 2)) === "\xff\xd8") cleanPicture(bytes, at, length);
  }
}

/** Bytes of a record before its content: length, number, and six that nobody explains. */
const RECORD = 12;

function cleanRecords(records: Bytes, steps: Steps): void {
  for (let at = 0; at < records.size;) {
    steps.take();
    const head = records.view(at, RECORD);
    const [length, kind] = [head.getUint32(0, true), head.getUint16(4, true)];
    if (length < RECORD || at + length > records.size) throw new MalformedFile();
    const content = { at: at + RECORD, length: length - RECORD };
    if (WITH_EXIF.includes(kind)) cleanOr(records, content, (parts) => cleanParts(parts, steps));
    else if (!KEPT_BESIDE.includes(kind)) records.blank(content.at, content.length);
    at += length;
  }
}

/** Exif, or the camera's notes, one after another: each with its length and its tag before. */
function cleanParts(parts: Bytes, steps: Steps): void {
  for (let at = 0; at + 8 < parts.size;) {
    steps.take();
    const head = parts.view(at, 8);
    const [length, tag] = [head.getUint32(0, true), head.getUint32(4, true)];
    const isKnown = tag === EXIF || tag === NOTES;
    if (length < 8 || at + length > parts.size || !isKnown) throw new MalformedFile();
    cleanOr(parts, { at: at + 8, length: length - 8 }, cleanNotes);
    at += length;
  }
}
