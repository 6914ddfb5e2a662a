/**
 * What is wrong with a field, in the reader's language: by the reason that the server gives, never
 * by its own sentence, which is in English and for developers. Pure.
 */
import type { FieldReason } from "../protocol/codes.ts";
import {
  DISPLAY_NAME,
  type NameLength,
  PASSWORD,
  ROOM_NAME,
  TOPIC,
  USERNAME,
} from "../protocol/names.ts";
import type { DialogsCatalogue } from "./catalogue/dialogs.ts";

/** As the server tells it; an older one gives no reason. */
export interface FieldError {
  path: string;
  reason?: FieldReason | undefined;
}

/** The sentence at each field that was refused, by the field's name in the request. */
export type FieldSentences = Readonly<Record<string, string>>;

const LENGTHS: Readonly<Record<string, NameLength>> = {
  username: USERNAME,
  displayName: DISPLAY_NAME,
  password: PASSWORD,
  name: ROOM_NAME,
  topic: TOPIC,
};

/** Of a field with more than one fault, the first is told. Null where none of `fields` is at fault. */
export function fieldSentences(
  words: Pick<DialogsCatalogue, "fields">,
  errors: readonly FieldError[],
  fields: readonly string[],
): FieldSentences | null {
  const sentences: Record<string, string> = {};
  for (const { path, reason = "invalid" } of errors) {
    if (fields.includes(path)) sentences[path] ??= sentence(words, path, reason);
  }
  return Object.keys(sentences).length === 0 ? null : sentences;
}

function sentence(
  words: Pick<DialogsCatalogue, "fields">,
  path: string,
  reason: FieldReason,
): string {
  const { min, max } = LENGTHS[path] ?? { min: 1, max: 1 };
  const { fields } = words;
  switch (reason) {
    case "missing":
      return fields.missing;
    case "too_short":
      return min <= 1 ? fields.missing : fields.too_short(min);
    case "too_long":
      return fields.too_long(max);
    case "taken":
      return path === "username" ? fields.takenUsername : fields.takenRoom;
    case "looks_like":
      return path === "username" ? fields.alikeUsername : fields.alikeRoom;
    case "wrong":
      return path === "invite" ? fields.wrongInvite : fields.wrongPassword;
    case "malformed":
    case "unknown":
      return fields.invalid;
    default:
      return fields[reason];
  }
}
