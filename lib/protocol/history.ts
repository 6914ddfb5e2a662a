/** Pages of a room's history. Schemas for the server; the browser imports the types only. */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./messages.ts";

export interface HistoryPage {
  /** Ascending by `seq`. */
  messages: Message[];
  head: number;
  hasBefore: boolean;
  hasAfter: boolean;
}

export const messagesQuery = z.lazy(() =>
  z.strictObject({
    before: field.number.pipe(field.seq).optional(),
    after: field.number.pipe(field.seq).optional(),
    around: z.union([z.literal("unread"), field.number.pipe(field.seq)]).optional(),
    limit: field.number.pipe(z.int().min(1).max(LIMITS.pageMax)).optional(),
  }).refine(
    (query) =>
      [query.before, query.after, query.around].filter((value) => value !== undefined).length <= 1,
    "before, after and around exclude each other",
  )
);
