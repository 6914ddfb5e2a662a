/**
 * Messages by their ids: those that others answer, and that are not on the page. Schemas for the
 * server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { MESSAGES_ASKED } from "./limits.ts";
import type { Message } from "./messages.ts";

export interface FoundMessages {
  /** Ascending by id; those that are not there, or not for the caller, are missing. */
  messages: Message[];
}

export const listMessages = field.object(() => ({ ids: field.idList(MESSAGES_ASKED) }));

/** Of `GET /api/messages`: `ids=1,2,3`. */
export const messagesQuery = z.lazy(() =>
  z.strictObject({ ids: field.idsInQuery(MESSAGES_ASKED) })
);
