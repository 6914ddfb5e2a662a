/** The schemas of what is said about files: see `objects.ts`. */
import * as z from "zod";
import type { RoomFiles, RoomLinks, Upload } from "../../../protocol/files.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { file, link } from "./messages.ts";
import { id, of, seq, time } from "./base.ts";

export const upload = of<Upload>()(z.object({
  id,
  offset: z.int().nonnegative().meta({ description: "Bytes that have arrived." }),
}));

export const bytes = z.string().meta({ description: "The bytes, as they are kept." });

const stands = { message: id, seq, userId: id, ts: time };
const next = seq.nullable().meta({
  description: "The next page's `before`; null after the last. It is not the id of a file.",
});

export const roomFiles = of<RoomFiles>()(z.object({
  files: z.array(z.object({ ...stands, file })).max(LIMITS.pageMax),
  next,
}));

export const roomLinks = of<RoomLinks>()(z.object({
  links: z.array(z.object({
    ...stands,
    url: z.string(),
    link: link.nullable().meta({ description: "What it leads to, in short, where that is known." }),
  })),
  next,
}));

export const FILES_NAMED = {
  Upload: upload,
  RoomFiles: roomFiles,
  RoomLinks: roomLinks,
  FileBytes: bytes,
};
