/**
 * The schemas of single fields, from which commands and HTTP bodies are made.
 * Imported by the server alone: the browser takes types from here, never values.
 */
import * as z from "zod";
import { canonicalEmoji, LONGEST_EMOJI } from "./emoji.ts";
import { LIMITS } from "./limits.ts";
import { SHOWS, type TextFault, textFault } from "./text.ts";

/**
 * An object with these fields and no others. It is made when it is first used, as every larger
 * schema is: all of them together would be a tenth of a start.
 */
export function object<Shape extends z.ZodRawShape>(shape: () => Shape) {
  return z.lazy(() => z.strictObject(shape()));
}

export const id = z.lazy(() => z.int().positive());
export const seq = z.lazy(() => z.int().nonnegative());

const LETTER_OR_DIGIT = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/**
 * Embeddings, overrides and isolates turn the direction of what stands after the name, too, and
 * make "exe.gpj" read as "jpg.exe" (Boucher and Anderson, Trojan Source, 2021). Right-to-left
 * names need none of them.
 */
const NO_CONTROLS = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u;

/** Why each text is refused. */
const TEXT_FAULTS: Record<TextFault, string> = {
  malformed: "must be well-formed Unicode, without NUL",
  empty: "must not be empty",
  long: `must have at most ${LIMITS.textLength} characters`,
  blank: "must have a visible character",
};

/** Message text, trimmed. */
export const text = z.lazy(() =>
  z.string().superRefine((value, context) => {
    const fault = textFault(value);
    if (fault !== null) context.addIssue({ code: "custom", message: TEXT_FAULTS[fault] });
  }).transform((value) => value.trim())
);

/** A name that people give: trimmed, on one line, visible where it is not empty. */
function line(min: number, max: number) {
  return z.lazy(() =>
    z.string()
      .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
      .transform((value) => value.normalize("NFC").trim())
      .pipe(
        z.string().min(min).max(max)
          .regex(NO_CONTROLS, "must not contain control characters")
          .refine((value) => value === "" || SHOWS.test(value), "must have a visible character"),
      )
  );
}

export const roomName = line(1, LIMITS.roomNameLength);
export const topic = line(0, LIMITS.topicLength);
export const displayName = line(1, LIMITS.displayNameLength);

/** Letters and digits of any script, `_`, `.`, `-`; NFKC, so that look-alike forms are one name. */
export const username = z.lazy(() =>
  z.string()
    .transform((value) => value.normalize("NFKC"))
    .pipe(
      z.string().min(LIMITS.usernameMin).max(LIMITS.usernameMax)
        .regex(/^[\p{L}\p{M}\p{N}_.-]+$/u, "may hold letters, digits, _ . and - only")
        .regex(LETTER_OR_DIGIT, "must have a letter or a digit"),
    )
);

export const password = z.lazy(() =>
  z.string().min(LIMITS.passwordMin).max(LIMITS.passwordMax)
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
);

export const clientId = z.lazy(() =>
  z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, "must be 16–64 of A–Z a–z 0–9 _ -")
);

/** One emoji that Unicode recommends for interchange (UTS #51, RGI), in its fully qualified form. */
export const emoji = z.lazy(() =>
  z.string().max(LONGEST_EMOJI).transform((value, context) => {
    const canonical = canonicalEmoji(value);
    if (canonical !== null) return canonical;
    context.addIssue({ code: "custom", message: "must be one emoji" });
    return z.NEVER;
  })
);

export const notify = z.lazy(() => z.enum(["all", "mentions", "none"]));
export const files = z.lazy(() => z.array(id).max(LIMITS.filesPerMessage));
