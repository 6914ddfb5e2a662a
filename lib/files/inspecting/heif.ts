/**
 * HEIC and AVIF: their size; Exif and XMP in them become zeros. Which side is up stands in boxes of
 * their own, which stay. So does what shows the picture; other boxes, such as a short video that
 * phones put behind it, become empty ones.
 */
import {
  BOXES_MOST,
  boxesIn,
  boxIn,
  fileBoxes,
  freeBox,
  type MediaBox,
  metaContent,
} from "./boxes.ts";
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";
import { examineMovie } from "./movie.ts";

const ITEMS_MOST = 20_000;
const KEPT = new Set(["ftyp", "meta", "mdat", "moov"]);
/** What says which items there are, where, of what kind, and how they belong together. */
const KEPT_IN_META = new Set(
  ["hdlr", "pitm", "iinf", "iloc", "iprp", "iref", "idat", "grpl", "dinf", "ipro"],
);

/** Bytes of a pixel that AVIF's decoder takes; with more than eight bits a colour, or transparent. */
const [HELD, HELD_DEEP] = [18.7, 25];
/** In AV1's form: it has more than eight bits. */
const HIGH = 0x40;

/** Changes the file in place. Throws `MalformedFile`. */
export function examineHeif(bytes: Bytes): Measured {
  const steps = new Steps(BOXES_MOST);
  let size: Measured | null = null;
  let moves = false;
  for (const box of fileBoxes(bytes, steps)) {
    if (box.kind === "meta") size ??= readMeta(bytes, metaContent(bytes, box), steps);
    if (box.kind === "moov") moves = true;
    if (!KEPT.has(box.kind)) freeBox(bytes, box);
  }
  if (moves) examineMovie(bytes, true);
  if (size === null) throw new MalformedFile();
  return { ...size, frames: moves ? 2 : 1 };
}

function readMeta(bytes: Bytes, meta: MediaBox, steps: Steps): Measured | null {
  for (const box of boxesIn(bytes, meta.from, meta.to, steps)) {
    if (!KEPT_IN_META.has(box.kind)) freeBox(bytes, box);
  }
  const names = boxIn(bytes, meta, "iinf", steps);
  const places = boxIn(bytes, meta, "iloc", steps);
  const store = boxIn(bytes, meta, "idat", steps);
  if (names !== null && places !== null) {
    const personal = personalItems(bytes, names, steps);
    for (const { item, at, length } of extents(bytes, places, store?.from ?? null)) {
      steps.take();
      if (personal.has(item)) bytes.blank(at, length);
    }
  }
  return sizeOf(bytes, meta, steps);
}

/** The items that are Exif, or documents such as XMP. */
function personalItems(bytes: Bytes, names: MediaBox, steps: Steps): Set<number> {
  const version = bytes.view(names.from, 1).getUint8(0);
  const from = names.from + (version === 0 ? 6 : 8);
  const found = new Set<number>();
  for (const { kind, from: at } of boxesIn(bytes, from, names.to, steps)) {
    if (kind !== "infe") continue;
    const view = bytes.view(at, 14);
    const isLong = view.getUint8(0) >= 3;
    const type = latin(bytes.read(at + (isLong ? 10 : 8), 4));
    const item = isLong ? view.getUint32(4) : view.getUint16(4);
    if (type === "Exif" || type === "mime" || type === "uri ") found.add(item);
  }
  return found;
}

/** Where items are in the file (ISO 14496-12, 8.11.3). */
function* extents(
  bytes: Bytes,
  { from, to }: MediaBox,
  store: number | null,
): Generator<{ item: number; at: number; length: number }> {
  const version = bytes.view(from, 1).getUint8(0);
  const sizes = bytes.view(from + 4, 2).getUint16(0);
  const [offsetSize, lengthSize] = [sizes >> 12, sizes >> 8 & 15];
  const [baseSize, indexSize] = [sizes >> 4 & 15, version > 0 ? sizes & 15 : 0];
  let at = from + 6;
  const next = (size: number) => {
    const value = readSized(bytes, at, size);
    at += size;
    return value;
  };
  const items = Math.min(next(version < 2 ? 2 : 4), ITEMS_MOST);
  for (let index = 0; index < items && at < to; index++) {
    const item = next(version < 2 ? 2 : 4);
    const method = version > 0 ? next(2) & 15 : 0;
    next(2);
    const base = next(baseSize);
    const count = Math.min(next(2), ITEMS_MOST);
    for (let extent = 0; extent < count && at < to; extent++) {
      next(indexSize);
      const place = base + next(offsetSize);
      const length = next(lengthSize);
      if (method === 0) yield { item, at: place, length };
      else if (method === 1 && store !== null) yield { item, at: store + place, length };
    }
  }
}

function readSized(bytes: Bytes, at: number, size: number): number {
  if (size === 0) return 0;
  const view = bytes.view(at, size);
  if (size === 2) return view.getUint16(0);
  if (size === 4) return view.getUint32(0);
  if (size === 8) return Number(view.getBigUint64(0));
  throw new MalformedFile();
}

/** The largest picture is the one that is shown: the others are its tiles and thumbnails. */
function sizeOf(bytes: Bytes, meta: MediaBox, steps: Steps): Measured | null {
  const outer = boxIn(bytes, meta, "iprp", steps);
  const properties = outer && boxIn(bytes, outer, "ipco", steps);
  if (properties === null) return null;
  let [width, height, turned, aPixel] = [0, 0, false, HELD];
  for (const { kind, from, to } of boxesIn(bytes, properties.from, properties.to, steps)) {
    if (kind === "ispe" && to - from >= 12) {
      const view = bytes.view(from, 12);
      const [across, down] = [view.getUint32(4), view.getUint32(8)];
      if (across * down > width * height) [width, height] = [across, down];
    }
    const isDeep = kind === "av1C" && (bytes.read(from + 2, 1)[0]! & HIGH) !== 0;
    if (isDeep || kind === "auxC") aPixel = HELD_DEEP;
    if (kind === "irot" && to > from) turned = (bytes.view(from, 1).getUint8(0) & 1) === 1;
  }
  if (width === 0) return null;
  return picture(width, height, { orientation: turned ? 6 : 1, held: width * height * aPixel });
}
