/**
 * Measures pictures, and makes them smaller, in a thread of its own: drawing a photo takes longer than
 * a page may stand still. It must not know whose they are.
 */
import type { PictureSize } from "./file_ground.ts";
import { measurePicture } from "./smaller_pictures.ts";

export interface PictureAsked {
  id: number;
  bytes: Blob;
}

export interface PictureTold {
  id: number;
  size: PictureSize | null;
}

globalThis.addEventListener("message", async ({ data }: MessageEvent<PictureAsked>) => {
  const told: PictureTold = { id: data.id, size: await measurePicture(data.bytes) };
  globalThis.postMessage(told);
});
