/** The text of a message as a field of requests: a part of `fields.ts`, by the rules of `text.ts`. */
import * as z from "zod";
import type { FieldReason } from "./codes.ts";
import { LIMITS } from "./limits.ts";
import { type TextFault, textFault } from "./text.ts";

/** Why each text is refused. */
const TEXT_FAULTS: Record<TextFault, [FieldReason, string]> = {
  malformed: ["malformed", "must be well-formed Unicode, without NUL"],
  empty: ["too_short", "must not be empty"],
  long: ["too_long", `must have at most ${LIMITS.textLength} characters`],
  blank: ["blank", "must have a visible character"],
};

function messageText(mayBeEmpty: boolean) {
  return z.lazy(() =>
    z.string().superRefine((value, context) => {
      const fault = textFault(value);
      if (fault === null || (mayBeEmpty && fault === "empty")) return;
      context.addIssue(textIssue(fault));
    }).transform((value) => value.trim())
  );
}

function textIssue(fault: TextFault) {
  const [reason, message] = TEXT_FAULTS[fault];
  return { code: "custom" as const, message, params: { reason } };
}

/** Message text, trimmed. */
export const text = messageText(false);

/** The same where there may be nothing to say: beside files. */
export const textOrNone = messageText(true);

/** What a message must have: a text, or files. */
export function saysSomething(
  { text, files = [] }: { text: string; files?: number[] | undefined },
  context: z.core.$RefinementCtx,
): void {
  if (text !== "" || files.length > 0) return;
  context.addIssue({ ...textIssue("empty"), path: ["text"] });
}
