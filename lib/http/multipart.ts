/**
 * A form with one file, as browsers and scripts send it (RFC 7578). The file's bytes go on as they
 * come; it is never whole in memory. What reads forms is loaded with the first one.
 */
import { ConfabError } from "../errors.ts";
import type { FormReader, OpenForm } from "./busboy_types.ts";

/** Of each field beside the file. */
const FIELD_BYTES = 16_384;
const MOST_FIELDS = 8;

export interface FormFile {
  /** As the form says them. */
  name: string;
  type: string;
}

export interface FormHandler<T> {
  /** Gets the bytes of the part `file`; must read them, or reject. */
  file(said: FormFile, bytes: ReadableStream<Uint8Array>): Promise<T>;
}

export function isMultipart({ headers }: Request): boolean {
  return /^multipart\/form-data\s*;/i.test(headers.get("content-type") ?? "");
}

/**
 * Rejects with `invalid` where there is no part `file`, and with `bad_request` for what is no form or
 * breaks off.
 */
export async function readFormFile<T>(
  headers: Headers,
  body: ReadableStream<Uint8Array>,
  handler: FormHandler<T>,
): Promise<{ taken: T; fields: Record<string, string> }> {
  const [{ busboy }, { Readable }] = await Promise.all([
    import("./busboy.ts"),
    import("node:stream"),
  ]);
  const form = openForm(busboy, headers);
  const fields: Record<string, string> = {};
  let taken: Promise<T> | null = null;
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  await new Promise<void>((resolve, reject) => {
    const fail = (thrown: unknown) => {
      source.unpipe(form);
      source.destroy();
      form.destroy();
      reject(thrown);
    };
    form.on("field", (name, value, { valueTruncated }) => {
      if (valueTruncated) fail(new ConfabError("bad_request", "A field of the form is too long."));
      else fields[name.slice(0, 64)] = value;
    });
    form.on("file", (name, stream, { filename, mimeType }) => {
      stream.on("error", () => {}); // the form's own error says it
      if (name !== "file" || taken !== null) return void stream.resume();
      const bytes = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
      taken = handler.file({ name: filename ?? "", type: mimeType }, bytes);
      taken.catch(fail);
    });
    form.on("error", (error) => fail(brokenForm(error)));
    form.on("close", resolve);
    source.on("error", (error) => fail(brokenForm(error)));
    source.pipe(form);
  });
  if (taken === null) throw noFile();
  return { taken: await (taken as Promise<T>), fields };
}

function openForm(busboy: OpenForm, headers: Headers): FormReader {
  try {
    return busboy({
      headers: { "content-type": headers.get("content-type") ?? "" },
      defParamCharset: "utf8",
      preservePath: true,
      limits: { files: 1, fields: MOST_FIELDS, parts: MOST_FIELDS + 1, fieldSize: FIELD_BYTES },
    });
  } catch (error) {
    throw brokenForm(error);
  }
}

function brokenForm(cause: unknown): ConfabError {
  return new ConfabError("bad_request", "The form is broken, or broke off.", { cause });
}

function noFile(): ConfabError {
  const message = "must be a file of the form";
  return new ConfabError("invalid", "The form has no file.", {
    errors: [{ path: "file", message, reason: "missing" }],
  });
}
