/** The requests about files: see `operation.ts`. */
import type { File } from "../../../protocol/files.ts";
import { filesQuery, linksQuery } from "../../../protocol/files.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import * as object from "../objects.ts";
import * as files from "../objects/files.ts";
import { file } from "../objects/messages.ts";
import type { ApiOperation, Parameter } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

export const FILE: Parameter = {
  schema: object.id,
  field: "file",
  description: "The file.",
  example: 1,
};
export const NOT_YOURS = "There is no such file of yours, or a message holds it.";

export const example: File = {
  id: 1,
  name: "reading list.txt",
  type: "text/plain",
  size: 12,
  width: null,
  height: null,
  duration: null,
  url: "/files/1/reading%20list.txt",
  thumbnail: null,
  alt: "",
  blur: null,
};

const PAGE = {
  before: "The `next` of the previous page.",
  limit: `How many; ${LIMITS.pageDefault} by default.`,
};

export const FILES: ApiOperation[] = [
  {
    id: "beginUpload",
    command: "beginUpload",
    tag: "files",
    method: "POST",
    path: "/api/files",
    from: "caller",
    summary: "Upload a file",
    description:
      "**Small files**: a form (`multipart/form-data`) with the part `file`, and if you like a " +
      "field `alt`; it answers 201 with the `File`.\n\n" +
      "**In parts**, which go on where a bad network has cut them: this request, then " +
      "`PATCH /api/files/:id` with the bytes from `Upload-Offset` on (204 with the new " +
      "`Upload-Offset`; after the last byte 200 with the `File`; a wrong offset is 409). " +
      "`HEAD /api/files/:id` says in `Upload-Offset` how far it is, and `DELETE` gives it up. What " +
      "stands still for a day goes; where there is no room, what stands still for ten minutes.\n\n" +
      "A file is yours alone until you send it with a message (`files`); one that you do not send " +
      "within a week goes. So many at once, or that you do not send, are `rate_limited`. `type` is " +
      "used only where the content does not tell. `voice`: it was recorded as a message.",
    body: {
      examples: {
        parts: {
          summary: "In parts",
          value: { name: example.name, size: example.size, type: example.type },
        },
      },
    },
    answers: {
      201: {
        description: "An upload that waits for its bytes; of a form, the `File`.",
        schema: files.upload,
        headers: { "upload-offset": "0.", location: "Of the upload." },
        examples: { begun: { summary: "In parts", value: { id: 1, offset: 0 } } },
      },
    },
    refusals: {
      too_large:
        "Larger than a file may be, or than there is room for: `limit` says how many bytes, `scope` " +
        "whose limit it is.",
      rate_limited: "Too many uploads were begun in a short time.",
    },
  },
  {
    id: "getFile",
    command: "findFile",
    tag: "files",
    method: "GET",
    path: "/api/files/:id",
    from: "caller",
    summary: "Get what is known of a file",
    description:
      "Of your own, or of a message that you may read. Its bytes are at `url`, a small picture of it " +
      "at `thumbnail`: asked for with your session, each time.",
    parameters: { id: FILE },
    answers: {
      200: {
        description: "The file.",
        schema: file,
        examples: { text: { summary: "A text", value: example } },
      },
    },
    refusals: { not_found: "There is no such file, or not for you; or it is not complete." },
  },
  {
    id: "describeFile",
    command: "describeFile",
    tag: "files",
    method: "PATCH",
    path: "/api/files/:id",
    from: "caller",
    summary: "Say what is to be seen on a file",
    description:
      "For who cannot see it. Before it is sent, and afterwards for its author, by the rules of " +
      "editing. With `Upload-Offset`, and bytes as the body, this is the next part of an upload: " +
      "more than was announced is `too_large`, with what was announced as `limit`, and kept up to it. " +
      "Another part of the same upload that is still coming is ended by it.",
    parameters: { id: FILE },
    body: { examples: { seen: { summary: "A description", value: { alt: "Our list" } } } },
    answers: {
      200: {
        description: "The file.",
        schema: file,
        examples: { text: { summary: "A text", value: { ...example, alt: "Our list" } } },
      },
    },
    refusals: { not_found: "There is no such file, or not for you; or it is not complete." },
  },
  {
    id: "deleteFile",
    command: "deleteFile",
    tag: "files",
    method: "DELETE",
    path: "/api/files/:id",
    from: "caller",
    summary: "Take back a file that you have not sent",
    parameters: { id: FILE },
    answers: { 204: { description: "It is gone." } },
    refusals: { not_found: NOT_YOURS },
  },
  {
    id: "listFiles",
    command: "listFiles",
    tag: "files",
    method: "GET",
    path: "/api/rooms/:id/files",
    from: "caller",
    summary: "List the files of a room",
    description:
      "The last message comes first. `media` is what sounds or moves, but voice messages.",
    parameters: { id: ROOM },
    query: {
      schema: filesQuery,
      notes: { kind: "Of one kind alone.", ...PAGE },
      examples: ["", "kind=picture&limit=20"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: files.roomFiles,
        examples: {
          one: {
            summary: "One",
            value: { files: [{ message: 1, seq: 1, userId: 1, ts: 1, file: example }], next: null },
          },
        },
      },
    },
    refusals: { forbidden: "You have not joined the room.", not_found: NO_ROOM },
  },
  {
    id: "listLinks",
    command: "listLinks",
    tag: "files",
    method: "GET",
    path: "/api/rooms/:id/links",
    from: "caller",
    summary: "List the links of a room",
    description: "Addresses in its messages, the last message first. `limit` counts messages.",
    parameters: { id: ROOM },
    query: { schema: linksQuery, notes: PAGE, examples: ["", "limit=20"] },
    answers: {
      200: {
        description: "A page.",
        schema: files.roomLinks,
        examples: {
          one: {
            summary: "One",
            value: {
              links: [
                {
                  message: 1,
                  seq: 1,
                  userId: 1,
                  ts: 1,
                  url: "https://example.org/",
                  link: null,
                },
              ],
              next: null,
            },
          },
        },
      },
    },
    refusals: { forbidden: "You have not joined the room.", not_found: NO_ROOM },
  },
];
