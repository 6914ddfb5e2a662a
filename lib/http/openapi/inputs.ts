/**
 * Describes the fields of requests, in words and in JSON Schema. Their rules are functions, which
 * JSON Schema cannot show; here is what it can show: lengths and counts. JSON Schema counts a string's length
 * in code points, as Confab does.
 */
import * as z from "zod";
import * as field from "../../protocol/fields.ts";
import { LIMITS, PEOPLE_ASKED } from "../../protocol/limits.ts";
import {
  DISPLAY_NAME,
  type NameLength,
  PASSWORD,
  ROOM_NAME,
  TOPIC,
  USERNAME,
} from "../../protocol/names.ts";

/** Added to a field's own JSON Schema. */
export type Note = Record<string, unknown>;

const length = ({ min, max }: NameLength) => ({ minLength: min, maxLength: max });
const idList = (min: number, max: number) => ({
  type: "array",
  items: { type: "integer", minimum: 1 },
  minItems: min,
  maxItems: max,
});

const FIELDS: [z.ZodType, Note][] = [
  [field.id, { description: "An id." }],
  [field.seq, { description: "A place in the room: the `head` at which something happened." }],
  [field.text, {
    minLength: 1,
    maxLength: LIMITS.textLength,
    description: "The text. Whitespace around it is trimmed and not counted. " +
      "At least one character must be visible; NUL and lone surrogates are refused.",
  }],
  [field.textOrNone, {
    maxLength: LIMITS.textLength,
    description: "The text; it may be empty where there are files. " +
      "Whitespace around it is trimmed and not counted. " +
      "At least one character must be visible; NUL and lone surrogates are refused.",
  }],
  [field.roomName, { ...length(ROOM_NAME), description: "One line, with a visible character." }],
  [field.topic, { ...length(TOPIC), description: "One line." }],
  [field.displayName, {
    ...length(DISPLAY_NAME),
    description: "One line, with a visible character. It need not be unique.",
  }],
  [field.username, {
    ...length(USERNAME),
    description: "Letters and digits of any script, `_`, `.`, `-`; stored and counted in NFKC. " +
      "Unique ignoring case, and must not look like another's.",
  }],
  [field.password, {
    ...length(PASSWORD),
    description: "Not among the most common ones, and not the username.",
  }],
  [field.clientId, {
    description:
      "The sender's own id for the message: sent again with it, the message is stored once. " +
      "If omitted, the server makes one, and a retry is a new message.",
  }],
  [field.emoji, { description: "One emoji of Unicode's RGI set, or a custom one as `:name:`." }],
  [field.notify, { description: "What the member is notified of." }],
  [field.files, {
    ...idList(0, LIMITS.filesPerMessage),
    description: "Ids of your own uploads, complete and not yet sent, in the order to be shown.",
  }],
  [field.directUsers, {
    ...idList(1, LIMITS.directUsers),
    description: "The other people of the direct room.",
  }],
  [field.people, { ...idList(0, PEOPLE_ASKED), description: "Ids, separated by commas." }],
  [field.search, { description: "The words to search for." }],
];

/** The notes, in the form Zod's JSON Schema generator takes. */
export function fieldNotes(): z.core.$ZodRegistry<Note> {
  const notes = z.registry<Note>();
  for (const [schema, note] of FIELDS) notes.add(schema, note);
  return notes;
}
