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

/** As the server reports it; an older server gives no reason. */
export interface RefusedField {
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

/** If a field has several faults, only the first is shown. Null if none of `fields` is at fault. */
export function fieldSentences(
  words: Pick<DialogsCatalogue, "fields">,
  errors: readonly RefusedField[],
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
  switch (reason) {
    case "missing":
      return words.fields.missing;
    case "too_short":
      return min <= 1 ? words.fields.missing : words.fields.too_short(min);
    case "too_long":
      return words.fields.too_long(max);
    case "taken":
      return path === "username" ? words.fields.takenUsername : words.fields.takenRoom;
    case "looks_like":
      return path === "username" ? words.fields.alikeUsername : words.fields.alikeRoom;
    case "wrong":
      return path === "invite" ? words.fields.wrongInvite : words.fields.wrongPassword;
    case "malformed":
    case "unknown":
    case "waiting":
    case "refused":
      return words.fields.invalid;
    default:
      return words.fields[reason];
  }
}
