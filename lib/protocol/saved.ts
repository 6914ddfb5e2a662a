/** A user's saved messages. Schemas for the server; the browser imports the types only. */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./messages.ts";

export interface SavedPage {
  /** Saved last comes first. */
  messages: Message[];
  /**
   * The next page's `before`; null after the last. It numbers saved messages, and is not a `seq`.
   */
  next: number | null;
}

/** `on`: whether the message is saved or removed from the saved ones. */
export const saveMessage = field.object(() => ({ message: field.id, on: z.boolean() }));

const page = (written: field.NumberForm) => ({
  before: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listSaved = field.object(() => page(field.asNumber));

/** Of `GET /api/me/saved`. */
export const savedQuery = field.object(() => page(field.asDigits));
