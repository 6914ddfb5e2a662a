/**
 * TIFF and BigTIFF, and cameras' raw pictures, which are such or have such in them: their size; what
 * they say of place, time and people becomes zeros. In raw pictures the camera and its own settings
 * stay, which are needed to develop them.
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { heldRows, type Measured, picture, UNMEASURED } from "./measured.ts";
import { stretchesOf } from "./stretches.ts";

const LISTS_MOST = 200;
const ENTRIES_MOST = 2_000;
/** Of all lists together; a page has some twenty, a camera's raw picture some hundreds. */
const ALL_ENTRIES_MOST = 20_000;
/** Bytes of a value's kind, by its number. */
const KINDS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8];
const SHORT = 3;

const TEXT = 2;

const TAG = { width: 256, height: 257, orientation: 274, sub: 330, exif: 34665, gps: 34853 };
/** How a picture is cut, and how many bits and samples a pixel has. */
const FORM = { bits: 258, samples: 277, strip: 278, tileWidth: 322, tileHeight: 323 };
/**
 * Names of documents and pages, descriptions, programs, dates, artists, hosts, printers, XMP, rights,
 * IPTC, Photoshop's, times to the part of a second and of the zone, comments, numbers of pictures and
 * cameras, owners, names of files.
 */
const PERSONAL = new Set([
  ...[269, 270, 285, 305, 306, 315, 316, 337, 700, 33432, 33723, 34377, 34858, 36867, 36868, 36880],
  ...[36881, 36882, 37393, 37394, 37510, 37520, 37521, 37522, 40091, 40092, 40093, 40094, 40095],
  ...[42016, 42032, 42033, 42037, 50735, 50827, 50971, 51105],
]);
/** Makers, models, lenses, makers' notes: without them a camera's raw picture is not developed. */
const CAMERA = new Set([271, 272, 37500, 42034, 42035, 42036, 50708, 50709]);
const NOTES = 37500;
/** Numbers of the camera and of the lens; names and birthdays of people whose faces it knows. */
const FUJIS_OWN = new Set([0x0010, 0x4103, 0x4200, 0x4203, 0x4282]);
/** DNG's version, and how colours are written: as the sensor saw them. */
const DNG = 50706;
const COLOURS = 262;
const OF_SENSOR: readonly number[] = [32803, 34892];
/** Of TIFF and BigTIFF; Olympus and Panasonic have their own. */
const PLAIN: readonly number[] = [42, 43];
/** Canon's mark, behind the header. */
const CANON = 0x4352;

/** How numbers and lists are written. */
interface Layout {
  isLittle: boolean;
  /** BigTIFF: places, and counts of values, have eight bytes. */
  isBig: boolean;
}

/**
 * Changes the file in place. Throws `MalformedFile`.
 * @param isWithinRaw it is what a raw picture of another form says of itself
 */
export function examineTiff(bytes: Bytes, isWithinRaw = false): Measured {
  const isLittle = bytes.view(0, 2).getUint16(0) === 0x4949;
  const version = bytes.view(2, 2).getUint16(0, isLittle);
  const isBig = version === 43;
  let isRaw = isWithinRaw || !PLAIN.includes(version) || bytes.view(8, 2).getUint16(0) === CANON;
  const ofCamera: Entry[] = [];
  const layout = { isLittle, isBig };
  const lists = new Steps(LISTS_MOST);
  const steps = new Steps(ALL_ENTRIES_MOST);
  const found = new Map<number, number>();
  const begin = readPlace(bytes, isBig ? 8 : 4, layout);
  const todo = [{ at: begin, isGps: false, isFirst: true }];
  const seen = new Set<number>();
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
    if (next.at === 0 || seen.has(next.at) || next.at + 2 > bytes.size) continue;
    seen.add(next.at);
    lists.take();
    const { entries, following } = readList(bytes, next.at, layout);
    for (const entry of entries) {
      steps.take();
      if (entry.tag === TAG.exif || entry.tag === TAG.gps || entry.tag === TAG.sub) {
        for (const at of pointers(bytes, entry, layout)) {
          todo.push({ at, isGps: entry.tag === TAG.gps, isFirst: false });
        }
      } else if (next.isGps || PERSONAL.has(entry.tag)) {
        blankValue(bytes, entry);
      } else if (CAMERA.has(entry.tag)) {
        ofCamera.push(entry);
      } else if (entry.tag === DNG || isOfSensor(bytes, entry, layout)) {
        isRaw = true;
      } else if (next.isFirst && (entry.count === 1 || entry.tag === FORM.bits)) {
        const before = found.get(entry.tag) ?? 0; // which of two a decoder takes is its own secret
        found.set(entry.tag, Math.max(before, readNumber(bytes, entry, layout)));
      }
    }
    if (following !== null && !next.isGps) {
      todo.push({ at: following, isGps: false, isFirst: false });
    }
  }
  for (const entry of ofCamera) {
    if (!isRaw) blankValue(bytes, entry);
    else if (entry.tag === NOTES) blankFujisNumber(bytes, entry);
  }
  const [width, height] = [found.get(TAG.width), found.get(TAG.height)];
  if (width === undefined || height === undefined) return UNMEASURED;
  const held = heldBytes(found, width, height);
  return picture(width, height, { orientation: found.get(TAG.orientation) ?? 1, held });
}

/** A strip, or a row of tiles, is decoded as a whole, besides the rows that it has. */
function heldBytes(found: ReadonlyMap<number, number>, width: number, height: number): number {
  const aPixel = (found.get(FORM.samples) ?? 1) * Math.ceil((found.get(FORM.bits) ?? 8) / 8);
  const tile = found.get(FORM.tileHeight);
  const rows = tile ?? Math.min(height, found.get(FORM.strip) ?? height);
  const across = tile === undefined ? width : width + (found.get(FORM.tileWidth) ?? width);
  return heldRows(width * aPixel, height) + across * aPixel * rows;
}

/** Takes away what stands under these tags, or all, in the first list. Throws `MalformedFile`. */
export function blankTags(bytes: Bytes, tags: ReadonlySet<number> | "all"): void {
  const layout = { isLittle: bytes.view(0, 2).getUint16(0) === 0x4949, isBig: false };
  const { entries } = readList(bytes, readPlace(bytes, 4, layout), layout);
  for (const entry of entries) if (tags === "all" || tags.has(entry.tag)) blankValue(bytes, entry);
}

/** In Fujifilm's notes, whose places count from their own beginning: the camera's number, faces. */
function blankFujisNumber(bytes: Bytes, { valueAt, length }: Entry): void {
  if (latin(bytes.read(valueAt, 8)) !== "FUJIFILM") return;
  const notes = stretchesOf(bytes, [{ at: valueAt, length }]);
  const layout = { isLittle: true, isBig: false };
  const { entries } = readList(notes, readPlace(notes, 8, layout), layout);
  for (const entry of entries) if (FUJIS_OWN.has(entry.tag)) blankValue(notes, entry);
}

function isOfSensor(bytes: Bytes, entry: Entry, layout: Layout): boolean {
  return entry.tag === COLOURS && entry.count === 1 &&
    OF_SENSOR.includes(readNumber(bytes, entry, layout));
}

interface Entry {
  tag: number;
  kind: number;
  count: number;
  valueAt: number;
  /** Bytes. */
  length: number;
}

/** Its entries, one after another, and where the next list is; null where it ends too soon. */
function readList(bytes: Bytes, at: number, layout: Layout) {
  const { isLittle, isBig } = layout;
  const count = isBig ? readPlace(bytes, at, layout) : bytes.view(at, 2).getUint16(0, isLittle);
  if (count > ENTRIES_MOST) throw new MalformedFile();
  const from = at + (isBig ? 8 : 2);
  const size = isBig ? 20 : 12;
  const end = from + size * count;
  const isWhole = bytes.read(end, isBig ? 8 : 4).length === (isBig ? 8 : 4);
  return {
    entries: Array.from({ length: count }, (_, index) => index)
      .values().map((index) => readEntry(bytes, from + size * index, layout)),
    following: isWhole ? readPlace(bytes, end, layout) : null,
  };
}

function readEntry(bytes: Bytes, at: number, layout: Layout): Entry {
  const { isLittle, isBig } = layout;
  const view = bytes.view(at, 12);
  const [tag, kind] = [view.getUint16(0, isLittle), view.getUint16(2, isLittle)];
  const count = readPlace(bytes, at + 4, layout);
  const length = count * (KINDS[kind] ?? 1);
  const value = at + (isBig ? 12 : 8);
  const valueAt = length <= (isBig ? 8 : 4) ? value : readPlace(bytes, value, layout);
  return { tag, kind, count, length, valueAt };
}

function readPlace(bytes: Bytes, at: number, { isLittle, isBig }: Layout): number {
  return isBig
    ? Number(bytes.view(at, 8).getBigUint64(0, isLittle))
    : bytes.view(at, 4).getUint32(0, isLittle);
}

/** Texts become blanks: decoders take zeros in them for damage. */
function blankValue(bytes: Bytes, { kind, valueAt, length }: Entry): void {
  bytes.blank(valueAt, length);
  if (kind !== TEXT || length > 64 * 1024) return;
  bytes.write(valueAt, new Uint8Array(Math.max(0, length - 1)).fill(0x20));
}

function readNumber(bytes: Bytes, { kind, valueAt }: Entry, { isLittle }: Layout): number {
  if (kind === SHORT) return bytes.view(valueAt, 2).getUint16(0, isLittle);
  return readPlace(bytes, valueAt, { isLittle, isBig: KINDS[kind] === 8 });
}

function pointers(bytes: Bytes, { kind, count, valueAt }: Entry, { isLittle }: Layout): number[] {
  const isBig = KINDS[kind] === 8;
  return Array.from(
    { length: Math.min(count, 16) },
    (_, index) => readPlace(bytes, valueAt + (isBig ? 8 : 4) * index, { isLittle, isBig }),
  );
}
