/**
 * Messages that are sent at a time to come. Schemas for the server; the browser imports the types
 * only.
 */
import * as z from "zod";
import type { ErrorCode } from "./codes.ts";
import * as field from "./fields.ts";
import type { File } from "./files.ts";
import type { Timestamp } from "./time.ts";

export interface Scheduled {
  id: number;
  room: number;
  text: string;
  replyTo: number | null;
  /** It is meant for its thread alone. */
  threadOnly?: true;
  files: File[];
  /** When it is sent. */
  at: Timestamp;
  /** The message's, once it is sent. */
  clientId: string;
  createdAt: Timestamp;
  /** When and why it could not be sent; it waits to be changed or removed. */
  failed: { at: Timestamp; code: ErrorCode } | null;
}

export const scheduleMessage = z.lazy(() =>
  z.strictObject({
    clientId: field.clientId,
    room: field.id,
    text: field.textOrNone,
    replyTo: field.id.nullish(),
    threadOnly: z.boolean().optional(),
    files: field.files.optional(),
    at: field.timestamp,
  }).superRefine(field.saysSomething).refine(
    ({ threadOnly, replyTo }) => threadOnly !== true || typeof replyTo === "number",
    {
      path: ["threadOnly"],
      message: "only a reply can be for its thread alone",
    },
  )
);

export const listScheduled = field.nothing;

/** One with a new time waits again, also where it could not be sent before. */
export const changeScheduled = field.object(() => ({
  scheduled: field.id,
  text: field.textOrNone.optional(),
  at: field.timestamp.optional(),
}));

/** What becomes of the files of a message that is taken back: they go with it, or wait for another. */
const itsFiles = z.literal("keep").optional();

export const cancelScheduled = field.object(() => ({ scheduled: field.id, files: itsFiles }));

/** Of `DELETE /api/scheduled/:id`. */
export const cancelQuery = field.object(() => ({ files: itsFiles }));

/** Does not wait for its time. */
export const sendScheduled = field.object(() => ({ scheduled: field.id }));
