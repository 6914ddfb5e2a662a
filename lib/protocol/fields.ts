/**
 * The schemas of single fields, from which commands and HTTP bodies are made.
 * Imported by the server alone: the browser takes types from here, never values.
 */
import * as z from "zod";
import type { FieldReason } from "./codes.ts";
import { canonicalEmoji } from "./emoji.ts";
import { canonicalSign, EMOJI_NAME } from "./emoji_names.ts";
import { readEmailAddress } from "./email_address.ts";
import { LIMITS, PEOPLE_ASKED, WELCOME } from "./limits.ts";
import {
  cleanName,
  cleanUsername,
  DISPLAY_NAME,
  type NameFault,
  nameFault,
  type NameLength,
  PASSWORD,
  passwordFault,
  ROOM_NAME,
  THREAD_TITLE,
  TOPIC,
  USERNAME,
  usernameFault,
  WORKSPACE_NAME,
} from "./names.ts";
import { isLonger } from "./text.ts";

/**
 * An object with these fields and no others. It is made on first use, like every schema here:
 * together they take 5 ms, a tenth of startup (docs/decisions/0021).
 */
export function object<Shape extends z.ZodRawShape>(shape: () => Shape) {
  return z.lazy(() => z.strictObject(shape()));
}

export const id = z.lazy(() => z.int().positive());
export const seq = z.lazy(() => z.int().nonnegative());

/**
 * A time that somebody chooses: to the end of the year 9999, since it is shown with four digits,
 * and JavaScript has no dates at all beyond 8.64e15.
 */
export const timestamp = z.lazy(() => z.int().nonnegative().max(253_402_300_799_999));

/** How a number is written: the same fields appear in JSON and, as digits, in a query. */
export type NumberForm = (number: z.ZodType<number, number>) => z.ZodType<number, unknown>;

export const asNumber: NumberForm = (number) => number;

const digits = z.lazy(() =>
  z.string().regex(/^\d{1,15}$/, "must be a whole number").transform(Number)
);

export const asDigits: NumberForm = (number) => digits.pipe(number);

/** How many items one page may hold. */
export function pageSize(most: number) {
  return z.lazy(() => z.int().min(1).max(most));
}

/** For operations that take no input, or only what the path says. */
export const nothing = object(() => ({}));
export const inRoom = object(() => ({ room: id }));

/** A string that a rule accepts, in the form in which it is stored. The rule says what is wrong. */
function ruled<Fault extends FieldReason>(
  rule: (value: string) => Fault | null,
  sentence: (fault: Fault) => string,
  clean: (value: string) => string = (value) => value,
) {
  return z.lazy(() =>
    z.string().superRefine((value, context) => {
      const reason = rule(value);
      if (reason === null) return;
      context.addIssue({ code: "custom", message: sentence(reason), params: { reason } });
    }).transform(clean)
  );
}

export { saysSomething, text, textOrNone } from "./message_text.ts";

/** Of several lines, which may be empty. A browser sends its line ends as CR LF. */
export const welcomeText = z.lazy(() =>
  z.string().superRefine((value, context) => {
    const reason = isLonger(value.trim(), WELCOME.text) ? "too_long" : clean(value);
    if (reason === null) return;
    const message = reason === "too_long"
      ? `must have at most ${WELCOME.text} characters`
      : "must be well-formed Unicode, without control characters";
    context.addIssue({ code: "custom", message, params: { reason } });
  }).transform((value) => value.replaceAll(/\r\n?/g, "\n").trim())
);

function clean(text: string): "malformed" | "controls" | null {
  if (!text.isWellFormed()) return "malformed";
  return /[^\P{Cc}\t\r\n]/u.test(text) ? "controls" : null;
}

function nameSentence(fault: NameFault, { min, max }: NameLength): string {
  const sentences: Record<NameFault, string> = {
    malformed: "must be well-formed Unicode",
    too_short: `must have at least ${min} characters`,
    too_long: `must have at most ${max} characters`,
    controls: "must not contain control characters",
    blank: "must have a visible character",
    characters: "may hold letters, digits, _ . and - only",
    invisible: "must not have invisible characters",
    reserved: "is kept for mentions of many people at once",
  };
  return sentences[fault];
}

/** A name people give: trimmed, one line, visible unless empty. */
export function line(length: NameLength) {
  return ruled(
    (value) => nameFault(value, length),
    (fault) => nameSentence(fault, length),
    cleanName,
  );
}

export const roomName = line(ROOM_NAME);
export const topic = line(TOPIC);
export const threadTitle = line(THREAD_TITLE);
export const displayName = line(DISPLAY_NAME);
export const workspaceName = line(WORKSPACE_NAME);

/**
 * Letters and digits of any script, `_`, `.`, `-`; in NFKC, so that compatibility forms are one
 * name.
 */
export const username = ruled(
  usernameFault,
  (fault) => fault === "blank" ? "must have a letter or a digit" : nameSentence(fault, USERNAME),
  cleanUsername,
);

/** Normalised where it is hashed; here it is only measured. */
export const password = ruled(
  passwordFault,
  (fault) => nameSentence(fault, PASSWORD),
);

/** An e-mail address, as it is shown. */
export const emailAddress = z.lazy(() =>
  z.string().transform((value, context) => {
    const address = readEmailAddress(value)?.address;
    if (address !== undefined) return address;
    context.addIssue({
      code: "custom",
      message: "must be an e-mail address",
      params: { reason: value.trim() === "" ? "missing" : "address" },
    });
    return z.NEVER;
  })
);

export const clientId = z.lazy(() =>
  z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, "must be 16–64 of A–Z a–z 0–9 _ -")
);

/**
 * Text that is compared with what is stored, a search or a secret: at most `max` code points.
 * Longer text is not examined further.
 */
export function shortText(max: number) {
  return z.lazy(() => z.string().max(max, { abort: true }));
}

/** A few lines that somebody writes, which may be empty; trimmed. */
export function note(max: number) {
  return z.lazy(() =>
    z.string().max(max, { abort: true })
      .refine(
        (value) => value.isWellFormed() && !value.includes("\0"),
        "must be well-formed Unicode",
      )
      .transform((value) => value.trim())
  );
}

/** At most `max` ids: more are refused before each is checked. */
export function idList(max: number, min = 0) {
  return z.lazy(() =>
    z.custom<number[]>(
      (value) => Array.isArray(value) && value.length >= min && value.length <= max,
      `must be a list of ${min} to ${max} ids`,
    ).meta({ type: "array", items: { type: "integer" } }).pipe(z.array(id))
  );
}

/** `1,2,3`: at most `max` ids as they stand in a query. */
export function idsInQuery(max: number) {
  return z.lazy(() =>
    shortText(16 * max).unwrap()
      .regex(/^[1-9]\d{0,14}(,[1-9]\d{0,14})*$/, "must be ids with commas between them")
      .transform((value) => value.split(",").map(Number))
      .pipe(idList(max))
  );
}

/** The other people in a direct room. */
export const directUsers = idList(LIMITS.directUsers, 1);

/** Each once, in order. */
export const welcomeRooms = z.lazy(() =>
  idList(WELCOME.rooms).transform((rooms) => [...new Set(rooms)].sort((a, b) => a - b))
);

/** The people asked for. */
export const people = idList(PEOPLE_ASKED);

/** What to search for in names. */
export const search = shortText(LIMITS.roomNameLength);

/**
 * One emoji that Unicode recommends for interchange (UTS #51, RGI), in its fully qualified form, or
 * a custom one as `:name:`: whether there is one is asked in the transaction.
 */
export const emoji = z.lazy(() =>
  z.string().max(2 * EMOJI_NAME.max + 2, { abort: true }).transform((value, context) => {
    const canonical = canonicalSign(value) ?? canonicalEmoji(value);
    if (canonical !== null) return canonical;
    context.addIssue({ code: "custom", message: "must be one emoji" });
    return z.NEVER;
  })
);

export const notify = z.lazy(() => z.enum(["all", "mentions", "none"]));
export const files = idList(LIMITS.filesPerMessage);
