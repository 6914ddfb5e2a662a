/**
 * TIFF, and cameras' raw pictures, which are such: their size; what they say of place and people
 * becomes zeros. In raw pictures the camera's own settings stay, which are needed to develop them.
 */
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture, UNMEASURED } from "./measured.ts";

const LISTS_MOST = 200;
const ENTRIES_MOST = 2_000;
/** Bytes of a value's kind, by its number. */
const KINDS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

const TEXT = 2;

const TAG = { width: 256, height: 257, orientation: 274, sub: 330, exif: 34665, gps: 34853 };
/** Descriptions, makers, dates, artists, hosts, XMP, rights, IPTC, Photoshop's, owners, serials. */
const PERSONAL = new Set([
  270,
  305,
  306,
  315,
  316,
  700,
  33432,
  33723,
  34377,
  36867,
  36868,
  37510,
  42016,
  42032,
  42033,
  42037,
  40091,
  40092,
  40093,
  40094,
  40095,
]);

/** Changes the file in place. Throws `MalformedFile`. */
export function examineTiff(bytes: Bytes): Measured {
  const little = bytes.view(0, 2).getUint16(0) === 0x4949;
  const steps = new Steps(LISTS_MOST);
  const found = new Map<number, number>();
  const todo = [{ at: bytes.view(4, 4).getUint32(0, little), isGps: false, isFirst: true }];
  const seen = new Set<number>();
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
    if (next.at === 0 || seen.has(next.at) || next.at + 2 > bytes.size) continue;
    seen.add(next.at);
    steps.take();
    const count = bytes.view(next.at, 2).getUint16(0, little);
    if (count > ENTRIES_MOST) throw new MalformedFile();
    for (let index = 0; index < count; index++) {
      const entry = readEntry(bytes, next.at + 2 + 12 * index, little);
      if (entry.tag === TAG.exif || entry.tag === TAG.gps || entry.tag === TAG.sub) {
        for (const at of pointers(bytes, entry, little)) {
          todo.push({ at, isGps: entry.tag === TAG.gps, isFirst: false });
        }
      } else if (next.isGps || PERSONAL.has(entry.tag)) {
        blankValue(bytes, entry);
      } else if (next.isFirst && entry.count === 1) {
        found.set(entry.tag, readNumber(bytes, entry, little));
      }
    }
    const following = bytes.read(next.at + 2 + 12 * count, 4);
    if (following.length === 4 && !next.isGps) {
      const at = new DataView(following.buffer, following.byteOffset).getUint32(0, little);
      todo.push({ at, isGps: false, isFirst: false });
    }
  }
  const [width, height] = [found.get(TAG.width), found.get(TAG.height)];
  if (width === undefined || height === undefined) return UNMEASURED;
  return picture(width, height, { orientation: found.get(TAG.orientation) ?? 1 });
}

interface Entry {
  tag: number;
  kind: number;
  count: number;
  valueAt: number;
  /** Bytes. */
  length: number;
}

function readEntry(bytes: Bytes, at: number, little: boolean): Entry {
  const view = bytes.view(at, 12);
  const [tag, kind] = [view.getUint16(0, little), view.getUint16(2, little)];
  const count = view.getUint32(4, little);
  const length = count * (KINDS[kind] ?? 1);
  return { tag, kind, count, length, valueAt: length <= 4 ? at + 8 : view.getUint32(8, little) };
}

/** Texts become blanks: decoders take zeros in them for damage. */
function blankValue(bytes: Bytes, { kind, valueAt, length }: Entry): void {
  bytes.blank(valueAt, length);
  if (kind !== TEXT || length > 64 * 1024) return;
  bytes.write(valueAt, new Uint8Array(Math.max(0, length - 1)).fill(0x20));
}

function readNumber(bytes: Bytes, { kind, valueAt }: Entry, little: boolean): number {
  const view = bytes.view(valueAt, 4);
  return kind === 3 ? view.getUint16(0, little) : view.getUint32(0, little);
}

function pointers(bytes: Bytes, { count, valueAt }: Entry, little: boolean): number[] {
  return Array.from(
    { length: Math.min(count, 16) },
    (_, index) => bytes.view(valueAt + 4 * index, 4).getUint32(0, little),
  );
}
