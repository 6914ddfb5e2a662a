/**
 * Makes a picture smaller before it is sent, where that saves much and nobody would see it: photos
 * of a phone have four times the pixels of a screen. It must not know what the picture is for.
 */
import type { PictureSize } from "./file_ground.ts";
import { isAnimated } from "./animated.ts";

/** Pixels of the longer side: those of large screens. Signal, Telegram and WhatsApp send fewer. */
const LONGEST_SIDE = 2_560;
/** Pixels of the shorter side that are kept: words of a long screenshot, or of a plan, stay readable. */
const SHORTEST_SIDE = 1_280;
/** In all, however long it is: what browsers of phones can draw. */
const MOST_PIXELS = 16_000_000;
/** What is not wider, and takes fewer bytes than this, is sent as it is. */
const SMALL_ENOUGH = 400 * 1024;
/** Of the bytes before; with more, the loss is not worth it. */
const WORTH_IT = 0.9;
/** As good as what cameras themselves write, to the eye. */
const QUALITY = { "image/jpeg": 0.85, "image/webp": 0.9 };
/** More bytes than any photo has are not decoded here. */
const MOST_BYTES = 80 * 1024 * 1024;
/** Pictures whose pixels say all of them; drawings (SVG) and GIF stay as they are. */
const PHOTOS = /^image\/(jpeg|png|webp|hei[cf]|avif|bmp|tiff)$/;

/** Null: this browser cannot read it. Never rejects. */
export async function measurePicture(bytes: Blob): Promise<PictureSize | null> {
  if (bytes.size > MOST_BYTES) return null;
  try {
    // As it is to be seen: turned as the camera was held.
    const bitmap = await createImageBitmap(bytes, { imageOrientation: "from-image" });
    const { width, height } = bitmap;
    try {
      const made = await smaller(bytes, bitmap);
      return made === null ? { width, height, made } : { ...scaled(width, height), made };
    } finally {
      bitmap.close();
    }
  } catch {
    return null;
  }
}

async function smaller(bytes: Blob, bitmap: ImageBitmap): Promise<Blob | null> {
  if (!PHOTOS.test(bytes.type) || await isAnimated(bytes)) return null;
  const { width, height } = scaled(bitmap.width, bitmap.height);
  const isLarge = width < bitmap.width;
  if (!isLarge && bytes.size <= SMALL_ENOUGH) return null;
  const canvas = new OffscreenCanvas(width, height);
  const paper = canvas.getContext("2d");
  if (paper === null) return null;
  paper.imageSmoothingQuality = "high";
  paper.drawImage(bitmap, 0, 0, width, height);
  // Photos are JPEG. What was without loss may have letters and lines, or be seen through.
  const isPhoto = /jpeg|hei[cf]/.test(bytes.type);
  const type = isPhoto ? "image/jpeg" : "image/webp";
  const made = await canvas.convertToBlob({ type, quality: QUALITY[type] });
  // A browser that cannot write a form writes PNG.
  return made.type === type && made.size <= bytes.size * WORTH_IT ? made : null;
}

/** Never larger, and of the same shape. */
export function scaled(width: number, height: number): { width: number; height: number } {
  const whole = LONGEST_SIDE / Math.max(width, height);
  const readable = SHORTEST_SIDE / Math.min(width, height);
  const most = Math.sqrt(MOST_PIXELS / (width * height));
  const by = Math.min(1, Math.max(whole, readable), most);
  const side = (pixels: number) => Math.max(1, Math.round(pixels * by));
  return { width: side(width), height: side(height) };
}
