/**
 * What somebody has written and not sent, on all of their devices. Schemas for the server; the
 * browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { KEPT_DRAFTS } from "./limits.ts";
import type { Message } from "./messages.ts";
import { isLonger } from "./text.ts";
import type { Timestamp } from "./time.ts";

/** The draft of a room, or of a thread in it. */
export interface KeptDraft {
  room: number;
  /** The root's id. */
  thread: number | null;
  /** As it was written, blanks around it too. "" in an event: there is none any more. */
  text: string;
  replyTo: number | null;
  /** What it answers, as long as that can be read. */
  target: Pick<Message, "id" | "clientId" | "seq" | "userId" | "username" | "text"> | null;
  /** When it was written last; 0 where it is gone. */
  at: Timestamp;
}

/** A blank one is none: it takes away what was there. */
const draftText = z.lazy(() =>
  z.string().superRefine((value, context) => {
    const reason = isLonger(value, KEPT_DRAFTS.text) ? "too_long" : fault(value);
    if (reason === null) return;
    const message = reason === "too_long"
      ? `must have at most ${KEPT_DRAFTS.text} characters`
      : "must be well-formed Unicode, without NUL";
    context.addIssue({ code: "custom", message, params: { reason } });
  })
);

function fault(text: string): "malformed" | "controls" | null {
  if (!text.isWellFormed()) return "malformed";
  return text.includes("\0") ? "controls" : null;
}

const place = () => ({ room: field.id, thread: field.id.nullish() });

export const setDraft = field.object(() => ({
  ...place(),
  text: draftText,
  replyTo: field.id.nullish(),
}));

export const dropDraft = field.object(place);

/** Of `DELETE /api/rooms/:id/draft`. */
export const dropDraftQuery = field.object(() => ({ thread: field.asDigits(field.id).optional() }));

export const listDrafts = field.object(() => ({}));
