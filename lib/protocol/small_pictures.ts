/**
 * Small pictures that the database keeps: people's and rooms'. Their schema, of which the server has
 * made the content itself. Beside `avatars.ts` and `room_pictures.ts`.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { PICTURE } from "./limits.ts";

export interface KeptPicture {
  type: string;
  /** Its bytes, as base64. */
  data: string;
}

export interface NewPicture extends KeptPicture {
  /** Named by the digest of its bytes. */
  version: string;
}

export const pictureVersion = z.lazy(() => z.string().regex(/^[\da-f]{16}$/));

export const smallPicture = field.object(() => ({
  version: pictureVersion,
  type: z.enum(["image/webp", "image/png", "image/jpeg", "image/gif"]),
  data: z.base64().max(Math.ceil(PICTURE.bytes / 3) * 4, { abort: true }),
}));

/** Of the requests that set one: a picture's bytes, as base64. */
export const pictureBody = field.object(() => ({ data: z.base64() }));
