/** What the Worker does: looks at one file after another, whatever is in it. */
import {
  type ClaimedFile,
  HELD_MOST,
  type Inspected,
  ORIGINAL_MOST,
  PHOTO_PIXELS_MOST,
  PIXELS_MOST,
} from "../inspect.ts";
import { examine } from "./examine.ts";
import { type Measured, UNMEASURED } from "./measured.ts";
import type { InspectorJob, InspectorReply } from "./messages.ts";
import { DECODED, type MakePicture, makeThumbnail, shrinkPicture } from "./rendering.ts";
import { openSent } from "./sent_file.ts";
import { typeOf, UNKNOWN_TYPE } from "./type_of.ts";

export { loadSharp } from "./rendering.ts";

/** Asked for with the first picture: loading it takes memory, and most files are none. */
export type LoadDecoder = () => Promise<MakePicture | null>;

/** Never rejects. */
export async function answer(
  job: InspectorJob,
  decoder: LoadDecoder,
): Promise<InspectorReply> {
  try {
    if (job.kind === "inspect") {
      return { kind: "inspected", inspected: await inspect(job.path, job.said, decoder) };
    }
    return await shrink(job, decoder);
  } catch (error) {
    return { kind: "failed", detail: error instanceof Error ? error.message : String(error) };
  }
}

interface Looked {
  type: string;
  /** Bytes. */
  size: number;
  measured: Measured;
}

/** Reads and cleans a file. What turns out not to be what it began as stays as it was sent. */
function look(source: string | Uint8Array<ArrayBuffer>, said: ClaimedFile): Looked {
  const file = openSent(source);
  try {
    const { bytes } = file;
    const { size } = bytes;
    const type = typeOf(bytes, said);
    const measured = examine(bytes, type);
    // What cannot be taken apart could not be cleaned either: nobody is shown it in place.
    if (measured === null) return { type: UNKNOWN_TYPE, size, measured: UNMEASURED };
    file.keep();
    return { type: soundOnly(type, measured), size: bytes.size, measured };
  } finally {
    file.close();
  }
}

/** A film without a picture is a sound. */
function soundOnly(type: string, { width, duration }: Measured): string {
  if (width !== null || duration === null) return type;
  return /^video\/(mp4|webm)$/.test(type) ? type.replace("video", "audio") : type;
}

async function inspect(
  path: string,
  said: ClaimedFile,
  decoder: LoadDecoder,
): Promise<Inspected> {
  const { type, size, measured } = look(path, said);
  const { duration } = measured;
  const isBomb = type.startsWith("image/") && isTooLarge(type, measured);
  const { width, height } = isBomb ? UNMEASURED : measured;
  const rounded = duration === null ? null : Math.round(duration * 10) / 10;
  const sharp = mayDecode(type, measured) ? await decoder() : null;
  const made = sharp !== null
    ? await makeThumbnail(sharp, { from: path, most: mostPixels(type, measured) })
    : null;
  return {
    type,
    size,
    width,
    height,
    duration: rounded,
    thumbnail: made?.thumbnail ?? null,
    blur: made?.blur ?? null,
  };
}

/** A picture of a kind that is decoded, and not too large for it by its own header. */
function mayDecode(type: string, measured: Measured): boolean {
  return DECODED.has(type) && measured.width !== null && !isTooLarge(type, measured) &&
    measured.held <= HELD_MOST;
}

/** For anybody: browsers have decoders of AVIF that need a third of what ours needs. */
function isTooLarge(type: string, measured: Measured): boolean {
  const isHeld = DECODED.has(type) && type !== "image/avif" && measured.held > HELD_MOST;
  return isHeld || measured.width! * measured.height! > mostPixels(type, measured);
}

function mostPixels(type: string, { held }: Measured): number {
  return type === "image/jpeg" && held === 0 ? PHOTO_PIXELS_MOST : PIXELS_MOST;
}

const NO_PICTURE: InspectorReply = {
  kind: "refused",
  sentence: "This file cannot be read as a picture.",
};

/** Bytes of the largest picture that is made smaller: it is in memory as a whole. */
const SOURCE_MOST = 64 * 1024 * 1024;

async function shrink(
  { source, wish }: Extract<InspectorJob, { kind: "shrink" }>,
  decoder: LoadDecoder,
): Promise<InspectorReply> {
  const bytes = await sourceBytes(source);
  if (bytes === null) return NO_PICTURE;
  const { type, size, measured } = look(bytes, { name: "", type: "" });
  if (!mayDecode(type, measured)) return NO_PICTURE;
  const { width, height, frames } = measured;
  const isTooLong = width! * height! * frames > PIXELS_MOST;
  const sharp = await decoder();
  const most = Math.min(wish.most ?? Infinity, ORIGINAL_MOST);
  try {
    if (sharp !== null) {
      const small = { ...wish, animated: wish.animated === true && !isTooLong };
      return {
        kind: "shrunk",
        picture: await shrinkPicture(
          sharp,
          { from: bytes.subarray(0, size), most: mostPixels(type, measured) },
          small,
        ),
      };
    }
  } catch {
    return NO_PICTURE;
  }
  if (size > most || type === "image/tiff") {
    const sentence = "Pictures cannot be made smaller here, and this one is too large.";
    return { kind: "refused", sentence };
  }
  const picture = { bytes: bytes.slice(0, size), type, width: width!, height: height! };
  return { kind: "shrunk", picture };
}

/** Null for what is too large. */
async function sourceBytes(source: Uint8Array | string) {
  if (typeof source !== "string") {
    return source.length > SOURCE_MOST ? null : new Uint8Array(source);
  }
  return (await Deno.stat(source)).size > SOURCE_MOST ? null : await Deno.readFile(source);
}
