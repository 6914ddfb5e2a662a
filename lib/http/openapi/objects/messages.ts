/** The schemas of messages: see `objects.ts`. */
import * as z from "zod";
import { LIMITS, REPLIERS, WAVEFORM } from "../../../protocol/limits.ts";
import type { File, Voice } from "../../../protocol/files.ts";
import { type Link, VIDEO_SITES } from "../../../protocol/links.ts";
import type { Message, Replies } from "../../../protocol/messages.ts";
import { id, of, seq, time } from "./base.ts";

const voice = of<Voice>()(z.object({
  waveform: z.array(z.int().min(0).max(100)).max(WAVEFORM).meta({
    description: "How loud it is at places of the same distance.",
  }),
}));

export const file = of<File>()(z.object({
  id,
  name: z.string(),
  type: z.string().meta({ description: "By its content: a MIME type." }),
  size: z.int().nonnegative().meta({ description: "Bytes." }),
  width: z.int().nullable(),
  height: z.int().nullable(),
  duration: z.number().nullable().meta({ description: "Seconds: of what sounds or moves." }),
  url: z.string(),
  thumbnail: z.string().nullable().meta({ description: "The address of a small picture of it." }),
  alt: z.string().meta({ description: "What is to be seen on it; empty where nobody said so." }),
  blur: z.string().nullable().meta({
    description: "A picture of a few pixels to show meanwhile: a `data:` address.",
  }),
  voice: voice.optional().meta({ description: "It was recorded as a message." }),
}));

export const link = of<Link>()(z.object({
  url: z.string().meta({ description: "As it stands in the message." }),
  title: z.string(),
  description: z.string(),
  site: z.string(),
  image: z.string().nullable().meta({ description: "A small picture that this server keeps." }),
  width: z.int().nullable().meta({ description: "The picture's pixels." }),
  height: z.int().nullable(),
  video: z.object({ kind: z.enum(VIDEO_SITES), id: z.string() }).optional().meta({
    description: "A video of a known site: what follows `?` is the second at which it begins.",
  }),
}));

const replies = of<Replies>()(z.object({
  count: z.int().nonnegative().meta({ description: "Those that are not deleted." }),
  lastSeq: seq,
  lastTs: time,
  users: z.array(id).max(REPLIERS).meta({ description: "Who replied, the last one first." }),
  title: z.string().optional(),
}));

export const message = of<Message>()(z.object({
  id,
  room: id,
  seq: seq.meta({ description: "The room's head at the message's creation; it never changes." }),
  rev: seq.meta({ description: "The room's head at the message's last change." }),
  userId: id,
  username: z.string(),
  text: z.string().meta({ description: '"" when deleted.' }),
  ts: time,
  clientId: z.string(),
  editedAt: time.nullable(),
  deletedAt: time.nullable(),
  replyTo: id.nullable().meta({ description: "The id of the message that this one answers." }),
  thread: id.nullable().meta({ description: "On a reply: the root of its thread." }),
  replies: replies.nullable().meta({ description: "On a root: the thread below it." }),
  threadOnly: z.literal(true).optional().meta({
    description: "Meant for the thread alone: not shown in the room's flow, and never its unread.",
  }),
  reactions: z.record(z.string(), z.array(id)).meta({
    description: "Emoji → ids of the users who reacted with it, in the order they did.",
  }),
  files: z.array(file).max(LIMITS.filesPerMessage),
  links: z.array(link).max(LIMITS.links).meta({
    description: "What its links lead to: put in a moment after the message.",
  }),
  mentions: z.array(id),
  mentionsAll: z.enum(["here", "room"]).optional().meta({
    description: "`@here` or `@room`: the first 100 whom it reached are in `mentions`.",
  }),
}));
