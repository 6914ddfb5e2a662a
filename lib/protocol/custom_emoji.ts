/**
 * Custom emoji: pictures with a name that people of this workspace have added. In texts, reactions
 * and statuses one is `:name:`. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import { EMOJI_NAME, emojiName } from "./emoji_names.ts";
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

export interface CustomEmoji {
  /** Without colons. */
  name: string;
  /** Of its picture; another one for each picture that ever had the name. */
  url: string;
  /** Who added it. */
  userId: number;
  createdAt: Timestamp;
}

export interface EmojiList {
  /** Rises by 1 with each that is added or removed. */
  revision: number;
  /** By name. */
  emoji: CustomEmoji[];
}

/** A custom emoji was added, or (`emoji: null`) removed; `revision` is the list's new one. */
export interface EmojiEvent {
  type: "emoji";
  revision: number;
  name: string;
  emoji: CustomEmoji | null;
}

/** The picture, as it is kept. */
export interface EmojiBlob {
  /** Of its bytes among the blobs: 32 hexadecimal digits. */
  blob: string;
  type: string;
  size: number;
  width: number;
  height: number;
}

/** In the form in which it is stored. */
const name = z.lazy(() =>
  z.string().transform((value, context) => {
    const name = emojiName(value.replace(/^:(.*):$/s, "$1"));
    if (name !== null) return name;
    context.addIssue({
      code: "custom",
      message: `must be ${EMOJI_NAME.min} to ${EMOJI_NAME.max} letters and digits, a letter ` +
        "among them; _ - and + may stand between them",
      params: { reason: value.trim() === "" ? "missing" : "characters" },
    });
    return z.NEVER;
  })
);

export const listEmoji = field.nothing;

/** Of what a page shows. */
export const emojiNamed = field.object(() => ({ names: z.array(z.string()) }));

export const emojiPicture = field.object(() => ({ name: z.string() }));

export const removeEmoji = field.object(() => ({ name }));

/** Of `POST /api/emoji` with JSON: the picture is a file that the caller has uploaded. */
export const emojiBody = field.object(() => ({ name, file: field.id }));

/** Of the same as a form, beside the picture itself. */
export const nameEmoji = field.object(() => ({ name }));

/** The picture was made small and put among the blobs before. */
export const addEmoji = field.object(() => ({
  name,
  picture: z.strictObject({
    blob: z.string().regex(/^[0-9a-f]{32}$/),
    type: z.string().max(64),
    size: field.seq,
    width: field.seq,
    height: field.seq,
  }),
}));
