/** The requests about the bytes of a file: see `operation.ts`. */
import * as z from "zod";
import * as files from "../objects/files.ts";
import type { ApiOperation } from "../operation.ts";
import { example, FILE, NOT_YOURS } from "./files.ts";

const READ = {
  etag: "Never the same for other bytes.",
  "content-disposition": "The name to save it under.",
  "content-length": "Bytes.",
};

export const FILE_BYTES: ApiOperation[] = [
  {
    id: "uploadState",
    command: "findUpload",
    tag: "files",
    method: "HEAD",
    path: "/api/files/:id",
    from: "caller",
    summary: "How far is an upload?",
    description:
      "`Upload-Offset` says how many bytes have arrived; `Upload-Complete` is `?1` once it is a file.",
    parameters: { id: FILE },
    answers: {
      200: {
        description: "It goes on, or is a file that waits to be sent.",
        headers: {
          "upload-offset": "Bytes that have arrived.",
          "upload-complete": "`?0` or `?1`.",
        },
      },
    },
    refusals: { not_found: NOT_YOURS },
  },
  {
    id: "readFile",
    command: "findFile",
    tag: "files",
    method: "GET",
    path: "/files/:id/:name",
    from: "caller",
    summary: "Read the bytes of a file",
    description:
      "The `url` of a file; with `thumbnail` as its name, the small picture. With one `Range`, that " +
      "part (`If-Range` too); with `If-None-Match`, 304. Who may is asked each time: before it is " +
      "sent its uploader, then whoever may read the message. `Content-Type` and " +
      "`Content-Disposition` are such that nothing in it can run.",
    parameters: {
      id: FILE,
      name: {
        schema: z.string(),
        field: "name",
        description: "The file's, or `thumbnail`. Another one gives the same bytes.",
        example: example.name,
      },
    },
    answers: {
      200: { description: "All of it.", schema: files.bytes, type: "*/*", headers: READ },
      206: {
        description: "A part.",
        schema: files.bytes,
        type: "*/*",
        headers: { ...READ, "content-range": "Which." },
      },
      304: { description: "You have it already.", headers: { etag: READ.etag } },
      416: {
        description: "It ends before.",
        problem: ["bad_request"],
        headers: { "content-range": "How long it is." },
      },
    },
    refusals: { not_found: "There is no such file, or not for you; or it is not complete." },
  },
];
