/**
 * What people say of themselves for a while: an emoji, a few words, until when; and where their
 * clock stands. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { STATUS_SIGN, STATUS_TEXT } from "./names.ts";
import type { Timestamp } from "./time.ts";

export interface UserStatus {
  emoji: string;
  /** May be empty: then the emoji says it. */
  text: string;
  /** When it ends by itself; null: when it is taken back. */
  until: Timestamp | null;
}

/** At least one of emoji and text. */
export const userStatus = z.lazy(() =>
  z.strictObject({
    emoji: field.emoji.optional(),
    text: field.line(STATUS_TEXT).optional(),
    until: field.timestamp.nullable().optional(),
  }).refine(
    ({ emoji, text = "" }) => emoji !== undefined || text !== "",
    "an emoji or a text is needed",
  ).transform(({ emoji = STATUS_SIGN, text = "", until = null }): UserStatus => ({
    emoji,
    text,
    until,
  }))
);

/** As the IANA's table names it. */
export const timeZone = z.lazy(() =>
  field.shortText(64).refine(isTimeZone, "must be a time zone such as Europe/Paris")
);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name); // no bare offset, which knows no summer
  } catch {
    return false;
  }
}
