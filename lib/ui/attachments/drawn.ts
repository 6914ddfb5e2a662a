/** Which files on their way are shown as pictures. Pure. */
import type { Attachment } from "../../client/uploads_model.ts";

/** What every browser draws. Others, such as HEIC, are cards until the server has made a picture of them. */
export function isDrawn({ type, voice }: Pick<Attachment, "type" | "voice">): boolean {
  return voice === null && /^image\/(?:jpeg|png|gif|webp|avif|bmp)$/.test(type);
}
