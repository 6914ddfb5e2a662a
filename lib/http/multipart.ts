/**
 * A form with one file, as browsers and scripts send it (RFC 7578). The file's bytes go on as they
 * come; it is never whole in memory. What reads forms is loaded with the first one.
 */
import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { ConfabError } from "../errors.ts";
import type { FormReader, OpenForm } from "./busboy_types.ts";

/** Of each field beside the file. */
const FIELD_BYTES = 16_384;
const MOST_FIELDS = 8;
/** With this a part of a form ends, and nothing else does (RFC 2046, 5.1.1). */
const DELIMITER = "\r\n--";

export interface FormFile {
  /** As the form says them. */
  name: string;
  type: string;
}

/** Gets the bytes of the part `file`, each piece good until the next is asked for; or rejects. */
export type TakeFile<T> = (said: FormFile, bytes: ReadableStream<Uint8Array>) => Promise<T>;

export function isMultipart({ headers }: Request): boolean {
  return /^multipart\/form-data\s*;/i.test(headers.get("content-type") ?? "");
}

/**
 * Rejects with `invalid` where there is no part `file`, or another file beside it, and with
 * `bad_request` for what is no form or breaks off.
 */
export async function readFormFile<T>(
  headers: Headers,
  body: AsyncIterable<Uint8Array>,
  take: TakeFile<T>,
): Promise<{ taken: T; fields: Record<string, string> }> {
  const { busboy } = await import("./busboy.ts");
  const form = openForm(busboy, headers);
  // Without a prototype: forms may name a field as they like, also `__proto__`.
  const fields: Record<string, string> = Object.create(null);
  const taking: Promise<T>[] = [];
  let file: Readable | null = null;
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => {}); // it is raced with below
  const closed = new Promise<void>((resolve) => form.on("close", resolve));
  form.on("error", (error) => fail(brokenForm(error)));
  form.on("field", (name, value, { valueTruncated }) => {
    if (name === undefined) fail(nameless());
    else if (valueTruncated) {
      fail(new ConfabError("bad_request", "A field of the form is too long."));
    } else fields[name.slice(0, 64)] = value;
  });
  form.on("file", (name, stream, { filename, mimeType }) => {
    stream.on("error", () => {}); // the form's own error says it
    if (name === undefined) return fail(nameless());
    if (name !== "file" || taking.length > 0) return fail(notOneFile());
    file = stream;
    const taken = take({ name: nameIn(filename ?? ""), type: mimeType }, streamOf(stream));
    taken.catch(fail);
    taking.push(taken);
  });
  try {
    await Promise.race([failed, feed(form, body, () => file?.readableLength ?? 0)]);
    await Promise.race([failed, closed]);
    const [taken] = taking;
    if (taken === undefined) throw noFile();
    return { taken: await taken, fields };
  } catch (error) {
    form.destroy();
    await Promise.allSettled(taking);
    throw error;
  }
}

/** One piece after the other: the next when the last has been taken from the form. */
async function feed(
  form: FormReader,
  body: AsyncIterable<Uint8Array>,
  waiting: () => number,
): Promise<void> {
  let tail = new Uint8Array();
  let isInFile = false;
  for await (const piece of orBroken(body)) {
    const mayEnd = holdsDelimiter(joined(tail, piece)) || holdsDelimiter(piece);
    tail = piece.slice(-DELIMITER.length);
    const before = waiting();
    await new Promise<void>((resolve, reject) => {
      // The form keeps parts of a piece: a field until it ends, a file's end until it is taken. Only
      // what is within a file is gone with the next piece: all else it gets to keep.
      const kept = isInFile && !mayEnd ? piece : piece.slice();
      try {
        form.write(kept, (error) => error ? reject(brokenForm(error)) : resolve());
      } catch (error) {
        // Whoever listens is called in here: what a form can make them throw is the form's fault.
        reject(brokenForm(error));
      }
      isInFile = !mayEnd && waiting() > before;
    });
  }
  form.end();
}

function joined(tail: Uint8Array, piece: Uint8Array): Uint8Array {
  const head = piece.subarray(0, DELIMITER.length);
  const both = new Uint8Array(tail.length + head.length);
  both.set(tail);
  both.set(head, tail.length);
  return both;
}

function holdsDelimiter(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(DELIMITER);
}

async function* orBroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw error instanceof ConfabError ? error : brokenForm(error);
  }
}

/** Nothing is read ahead, so that no piece is kept longer than the form says. */
function streamOf(stream: Readable): ReadableStream<Uint8Array> {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void stream.destroy(),
  }, { highWaterMark: 0 });
}

function openForm(busboy: OpenForm, headers: Headers): FormReader {
  try {
    return busboy({
      headers: { "content-type": headers.get("content-type") ?? "" },
      defParamCharset: "utf8",
      preservePath: true,
      fileHwm: 1, // a piece is taken before the next one is parsed
      limits: { files: 2, fields: MOST_FIELDS, parts: MOST_FIELDS + 2, fieldSize: FIELD_BYTES },
    });
  } catch (error) {
    throw brokenForm(error);
  }
}

function brokenForm(cause: unknown): ConfabError {
  return new ConfabError("bad_request", "The form is broken, or broke off.", { cause });
}

function nameless(): ConfabError {
  return new ConfabError("bad_request", "A part of the form has no name.");
}

/** As the sender has it: forms are written with these three letters escaped, and no others (HTML). */
function nameIn(form: string): string {
  return form.replaceAll(/%(?:22|0D|0A)/g, (escaped) => decodeURIComponent(escaped));
}

function noFile(): ConfabError {
  const message = "must be a file of the form";
  return new ConfabError("invalid", "The form has no file.", {
    errors: [{ path: "file", message, reason: "missing" }],
  });
}

/** Another one would be lost, and nobody would notice. */
function notOneFile(): ConfabError {
  const message = "must be the only file of the form";
  return new ConfabError("invalid", "Send one file in a form, as `file`.", {
    errors: [{ path: "file", message, reason: "unknown" }],
  });
}
