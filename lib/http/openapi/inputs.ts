/**
 * What the fields of requests are, in words and in JSON Schema. Their rules are functions, which JSON
 * Schema cannot show; here stands what it can: lengths, counts. JSON Schema counts a string's length
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

/** What is added to a field's own JSON Schema. */
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
    description: "The text. White space around it is cut off, and not counted. " +
      "Something in it must show; NUL and half surrogate pairs are refused.",
  }],
  [field.roomName, { ...length(ROOM_NAME), description: "On one line, something in it shows." }],
  [field.topic, { ...length(TOPIC), description: "On one line." }],
  [field.displayName, {
    ...length(DISPLAY_NAME),
    description: "On one line, something in it shows. It need not be unique.",
  }],
  [field.username, {
    ...length(USERNAME),
    description: "Letters and digits of any script, `_`, `.`, `-`; kept in NFKC, and counted so. " +
      "Unique without case, and not to be taken for another's.",
  }],
  [field.password, {
    ...length(PASSWORD),
    description: "Not among the most common ones, and not the username.",
  }],
  [field.clientId, {
    description: "The sender's own name for the message: sent again under it, it is stored once. " +
      "Left out, the server makes one, and a retry is a new message.",
  }],
  [field.emoji, { description: "One emoji of Unicode's RGI set." }],
  [field.notify, { description: "What the member is notified of." }],
  [field.files, {
    ...idList(0, LIMITS.filesPerMessage),
    description: "Ids of uploaded files. There are none yet: only an empty list is taken.",
  }],
  [field.directUsers, {
    ...idList(1, LIMITS.directUsers),
    description: "The other people of the direct room.",
  }],
  [field.people, { ...idList(0, PEOPLE_ASKED), description: "Ids, with commas between them." }],
  [field.search, { description: "The words that are looked for." }],
];

/** The notes, as Zod's generator of JSON Schema takes them. */
export function fieldNotes(): z.core.$ZodRegistry<Note> {
  const notes = z.registry<Note>();
  for (const [schema, note] of FIELDS) notes.add(schema, note);
  return notes;
}
