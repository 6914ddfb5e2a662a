/**
 * Small pictures out of bigger ones, by sharp. It is given pictures of known kinds alone, whose size
 * somebody has read from their header: a decoder gets nothing that would fill the memory.
 */
import type Sharp from "sharp";
import { BLUR_MOST, type ShrinkWish, type ShrunkPicture, THUMBNAIL } from "../inspect.ts";

export type MakePicture = typeof Sharp;

/** Seconds; after them libvips gives up by itself. */
const TIME_LIMIT = 10;
/** Frames of what moves that are kept, and looked at. */
const FRAMES_MOST = 500;
/** Pixels of the longer side of a blurred stand-in. */
const BLUR = 16;
/** … by so many of them (sigma): stretched over a place, it shows no squares. */
const SOFTNESS = 0.7;

/** What sharp decodes: SVG could read other files, and the rest is hardly ever sent. */
export const DECODED: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/tiff",
]);

/** Loads sharp; `without` says why there is none. */
export async function loadSharp(): Promise<{ sharp: MakePicture | null; without: string | null }> {
  try {
    const { default: sharp } = await import("sharp");
    // Each file comes once; and the machine has others to serve.
    sharp.cache(false);
    sharp.concurrency(1);
    return { sharp, without: null };
  } catch (error) {
    return { sharp: null, without: error instanceof Error ? error.message : String(error) };
  }
}

/** A picture somebody sent. */
export interface Source {
  from: Uint8Array | string;
  /** Pixels, of all its pages together: what a decoder finds may be more than the header says. */
  most: number;
}

function open(sharp: MakePicture, { from, most }: Source, animated = false) {
  return sharp(from, {
    limitInputPixels: most,
    failOn: "error",
    pages: animated ? -1 : 1,
    autoOrient: true,
    sequentialRead: true,
  }).timeout({ seconds: TIME_LIMIT });
}

/** A thumbnail and a stand-in of a picture; null where it cannot be decoded. */
export async function makeThumbnail(
  sharp: MakePicture,
  source: Source,
): Promise<{ thumbnail: Uint8Array<ArrayBuffer>; blur: string | null } | null> {
  try {
    const box = { width: THUMBNAIL, height: THUMBNAIL };
    const small = await open(sharp, source)
      .resize({ ...box, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 75, effort: 2 })
      .toBuffer();
    // Behind what is transparent a stand-in would shine through.
    const { isOpaque } = await sharp(small).stats();
    return { thumbnail: owned(small), blur: isOpaque ? await makeBlur(sharp, small) : null };
  } catch {
    return null;
  }
}

async function makeBlur(sharp: MakePicture, source: Uint8Array): Promise<string | null> {
  const tiny = await sharp(source)
    .resize({ width: BLUR, height: BLUR, fit: "inside", withoutEnlargement: true })
    .blur(SOFTNESS)
    .webp({ quality: 20, alphaQuality: 20, effort: 4 })
    .toBuffer();
  const address = `data:image/webp;base64,${owned(tiny).toBase64()}`;
  return address.length <= BLUR_MOST ? address : null;
}

/** Qualities that are tried until the result is small enough. */
const QUALITIES = [80, 60, 40, 25];

/** Throws for what cannot be decoded. */
export async function shrinkPicture(
  sharp: MakePicture,
  source: Source,
  wish: ShrinkWish,
): Promise<ShrunkPicture> {
  const most = wish.most ?? Infinity;
  let last = await renderSmall(sharp, source, wish, QUALITIES[0]!);
  for (const quality of QUALITIES.slice(1)) {
    if (last.bytes.length <= most) return last;
    last = await renderSmall(sharp, source, wish, quality);
  }
  // What moves may stay too large however plain it is: then it stands still.
  if (last.bytes.length > most && wish.animated) {
    return await shrinkPicture(sharp, source, { ...wish, animated: false });
  }
  return last;
}

async function renderSmall(
  sharp: MakePicture,
  source: Source,
  { width, height, fit, animated = false, crop }: ShrinkWish,
  quality: number,
): Promise<ShrunkPicture> {
  const { pages = 1, width: across, height: down } = await open(sharp, source).metadata();
  const isShort = pages <= FRAMES_MOST && across * down * pages <= source.most;
  const moves = animated && pages > 1 && isShort;
  const opened = open(sharp, source, moves);
  const cut = crop === undefined ? opened : opened.extract(crop);
  const { data, info } = await cut
    .resize({ width, height, fit, withoutEnlargement: fit === "inside" })
    .webp({ quality, effort: 4 })
    .toBuffer({ resolveWithObject: true });
  return {
    bytes: owned(data),
    type: "image/webp",
    width: info.width,
    height: info.pageHeight ?? info.height,
  };
}

/** A copy of its own: what sharp gives may be a part of something larger. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
