/**
 * The schemas of single fields, from which commands and HTTP bodies are made.
 * Imported by the server alone: the browser takes types from here, never values.
 */
import { z } from "zod";
import { LIMITS } from "./limits.ts";

export const id = z.int().positive();
export const seq = z.int().nonnegative();

/** Message text, trimmed. Half a surrogate pair is no UTF-8, and NUL ends a text in PostgreSQL. */
export const text = z.string()
  .refine((value) => value.isWellFormed() && !value.includes("\0"), "must be well-formed Unicode")
  .transform((value) => value.trim())
  .pipe(z.string().min(1, "must not be empty").max(LIMITS.textLength));

/** A name that people give: trimmed, on one line, without control characters. */
function line(min: number, max: number) {
  return z.string()
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
    .transform((value) => value.normalize("NFC").trim())
    .pipe(z.string().min(min).max(max).regex(/^\P{Cc}*$/u, "must not contain control characters"));
}

export const roomName = line(1, LIMITS.roomNameLength);
export const topic = line(0, LIMITS.topicLength);
export const displayName = line(1, LIMITS.displayNameLength);

/** Letters and digits of any script, `_`, `.`, `-`; NFKC, so that look-alike forms are one name. */
export const username = z.string()
  .transform((value) => value.normalize("NFKC"))
  .pipe(
    z.string().min(LIMITS.usernameMin).max(LIMITS.usernameMax)
      .regex(/^[\p{L}\p{M}\p{N}_.-]+$/u, "may hold letters, digits, _ . and - only"),
  );

export const password = z.string().min(LIMITS.passwordMin).max(LIMITS.passwordMax)
  .refine((value) => value.isWellFormed(), "must be well-formed Unicode");

export const clientId = z.string().regex(
  /^[A-Za-z0-9_-]{16,64}$/,
  "must be 16–64 of A–Z a–z 0–9 _ -",
);

/** One emoji: a single grapheme that shows as a pictograph, a flag or a keycap. */
export const emoji = z.string().max(32).refine(isEmoji, "must be one emoji");

export const notify = z.enum(["all", "mentions", "none"]);
export const files = z.array(id).max(LIMITS.filesPerMessage);

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

function isEmoji(value: string): boolean {
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(value)) return false;
  return [...segmenter.segment(value)].length === 1;
}
