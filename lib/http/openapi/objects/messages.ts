/** The schemas of messages: see `objects.ts`. */
import * as z from "zod";
import { REPLIERS } from "../../../protocol/limits.ts";
import type { File, Message, Replies } from "../../../protocol/messages.ts";
import { id, of, seq, time } from "./base.ts";

export const file = of<File>()(z.object({
  id,
  name: z.string(),
  type: z.string(),
  size: z.int().nonnegative(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  url: z.string(),
  thumbnail: z.string().nullable(),
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
  files: z.array(file),
  mentions: z.array(id),
  mentionsAll: z.enum(["here", "room"]).optional().meta({
    description: "`@here` or `@room`: the first 100 whom it reached are in `mentions`.",
  }),
}));
