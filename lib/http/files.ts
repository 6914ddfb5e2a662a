/** Files over HTTP: as a form, or in parts that go on where a bad network has cut them. */
import { parse } from "../chat/chat.ts";
import { ConfabError, fileTooLarge } from "../errors.ts";
import { answerBlob } from "../files/serving.ts";
import { thumbnailKey } from "../files/kept.ts";
import { type Arriving, FIRST_STEP } from "../files/arrivals.ts";
import type { File } from "../protocol/files.ts";
import { beginForm, beginUpload } from "../protocol/files.ts";
import { json, noContent, problemAnswer } from "./answer.ts";
import { readJson, readWith } from "./body.ts";
import { announcedLength } from "./body_source.ts";
import { type FormFile, isMultipart, readFormFile } from "./multipart.ts";
import { callerOf, type Ctx, idOf, run } from "./state.ts";

/** Bytes of a form around its file, in general: a file may be so much shorter than its form. */
const FORM_BYTES = 1_024;

/** `POST /api/files`: a form with a file, or the beginning of an upload in parts. */
export async function postFile(ctx: Ctx): Promise<Response> {
  callerOf(ctx);
  if (isMultipart(ctx.req)) return json(await takeForm(ctx), 201);
  const said = parse(beginUpload, await readJson(ctx));
  const { key: _key, ...upload } = await run(ctx, "beginUpload", said);
  return json(upload, 201, { "upload-offset": "0", location: `/api/files/${upload.id}` });
}

async function takeForm(ctx: Ctx): Promise<File> {
  const { user } = callerOf(ctx);
  const { arrivals, fileLimits } = ctx.state.services;
  const announced = announcedLength(ctx.req);
  // A form may be larger than its file, but not by so much.
  const most = fileLimits.file + 8 * FORM_BYTES;
  if (announced !== null && announced > most) throw fileTooLarge(fileLimits.file);
  const { body } = ctx.req;
  if (body === null) throw new ConfabError("bad_request", "The form is empty.");
  const wish = wishOf(announced, fileLimits.file);
  let begun: Arriving | null = null;
  try {
    const take = async ({ name, type }: FormFile, bytes: ReadableStream<Uint8Array>) => {
      const said = parse(beginForm, { name, type: type.slice(0, 255), ...wish });
      const upload = {
        ...await run(ctx, "beginForm", said),
        name: said.name,
        type: said.type ?? "",
      };
      begun = upload;
      await arrivals.takeWhole(user.id, upload, bytes);
      return upload;
    };
    const { taken, fields } = await arrivals.readForm(
      user.id,
      body,
      (bytes) => readFormFile(ctx.req.headers, atMost(bytes, most, fileLimits.file), take),
    );
    const file = await arrivals.finish(user.id, taken);
    return Object.keys(fields).length === 0
      ? file
      : await run(ctx, "describeFile", { ...fields, file: file.id });
  } catch (error) {
    if (begun !== null) await giveUpForm(ctx, begun);
    throw error;
  }
}

/**
 * How much is reserved at first. What a form has said is enough for its file, and nothing is to be
 * asked again; the file alone must fit, which is a little shorter.
 */
function wishOf(announced: number | null, most: number): { size: number; ahead: number } {
  const size = Math.min(most, Math.max(0, (announced ?? 0) - FORM_BYTES));
  return { size, ahead: Math.min(most, announced ?? FIRST_STEP) - size };
}

async function giveUpForm(ctx: Ctx, upload: Arriving): Promise<void> {
  // Where the disk fails, which is logged there, its row is given up all the same.
  await ctx.state.services.arrivals.dropForm(upload).catch(() => {});
  await run(ctx, "deleteFile", { file: upload.id }).catch(() => {});
}

/** What a form holds besides its file may be endless too. */
async function* atMost(
  bytes: ReadableStream<Uint8Array>,
  most: number,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let left = most;
  for await (const piece of bytes) {
    left -= piece.byteLength;
    if (left < 0) throw fileTooLarge(limit);
    yield piece;
  }
}

/** `PATCH /api/files/:id`: the next bytes; or, as JSON, what is to be seen on it. */
export async function patchFile(ctx: Ctx): Promise<Response> {
  const id = idOf(ctx, "id");
  const header = ctx.req.headers.get("upload-offset");
  if (header === null) {
    return json(await run(ctx, "describeFile", await readWith(ctx, { file: id })));
  }
  if (!/^\d{1,15}$/.test(header)) {
    throw new ConfabError("bad_request", "Upload-Offset must be a whole number.");
  }
  const upload = await run(ctx, "findUpload", { file: id });
  if (upload.file === null) return await takePart(ctx, upload, Number(header));
  await ctx.req.body?.cancel();
  return answerAgain(upload.file, Number(header));
}

/**
 * Its last answer was lost. More bytes may have come than the file has now, since what others must not
 * see was taken off.
 */
function answerAgain(file: File, at: number): Response {
  const complete = { "upload-offset": `${file.size}` };
  if (at >= file.size) return json(file, 200, complete);
  const answer = problemAnswer(new ConfabError("conflict", "The upload is complete."));
  answer.headers.set("upload-offset", complete["upload-offset"]);
  return answer;
}

async function takePart(ctx: Ctx, upload: Arriving, at: number): Promise<Response> {
  const { arrivals, requireDisk } = ctx.state.services;
  await requireDisk(upload.size - at);
  try {
    const { user } = callerOf(ctx);
    const { offset, file } = await arrivals.take(user.id, upload, at, ctx.req.body);
    const headers = { "upload-offset": `${offset}` };
    return file === null ? noContent(headers) : json(file, 200, headers);
  } catch (error) {
    if (!(error instanceof ConfabError)) throw error;
    const isTooMuch = error.code === "too_large" && error.room === undefined;
    if (error.code !== "conflict" && !isTooMuch) throw error;
    const answer = problemAnswer(isTooMuch ? moreThanAnnounced(upload.size) : error);
    // What had come is kept, also before what was too much.
    answer.headers.set("upload-offset", `${await arrivals.received(upload)}`);
    return answer;
  }
}

function moreThanAnnounced(limit: number): ConfabError {
  return new ConfabError("too_large", `The upload was announced with ${limit} bytes.`, {
    room: { limit, scope: "file" },
  });
}

/** `HEAD /api/files/:id`: how far an upload is. */
export async function headFile(ctx: Ctx): Promise<Response> {
  const upload = await run(ctx, "findUpload", { file: idOf(ctx, "id") });
  const { arrivals } = ctx.state.services;
  const offset = upload.file === null ? await arrivals.received(upload) : upload.size;
  const headers = {
    "upload-offset": `${offset}`,
    "upload-complete": upload.file === null ? "?0" : "?1",
    "upload-length": `${upload.size}`,
  };
  return new Response(null, { headers });
}

/** `GET /api/files/:id`: what is known of a file, for who may read it. */
export async function describedFile(ctx: Ctx): Promise<Response> {
  return json((await run(ctx, "findFile", { file: idOf(ctx, "id") })).file);
}

export async function deleteFile(ctx: Ctx): Promise<Response> {
  await run(ctx, "deleteFile", { file: idOf(ctx, "id") });
  return noContent();
}

/** `GET /files/:id/:name`: its bytes, or its small picture. */
export async function answerFile(ctx: Ctx): Promise<Response> {
  const { key, file } = await run(ctx, "findFile", { file: idOf(ctx, "id") });
  // Keys are secret: a part of one names the bytes as well.
  const etag = `${file.id}-${key.slice(0, 12)}`;
  if (ctx.params.name === "thumbnail") {
    if (file.thumbnail === null) throw new ConfabError("not_found", "It has no small picture.");
    const name = `${file.name.replace(/\.\w{1,8}$/, "")}.webp`;
    const small = { key: thumbnailKey(key), etag: `${etag}-t`, name };
    return await answerBlob(ctx, { ...small, type: "image/webp", inline: true });
  }
  const { name, type, size } = file;
  const answer = await answerBlob(ctx, { key, name, type, size, etag, inline: true });
  return answer.status === 416 ? endsBefore(answer, size) : answer;
}

/** A range of bytes that are not there, in words as other refusals are. */
function endsBefore({ status, headers }: Response, size: number): Response {
  const sentence = `The file ends before: it has ${size} bytes.`;
  const problem = problemAnswer(new ConfabError("bad_request", sentence), status);
  for (const [name, value] of headers) problem.headers.set(name, value);
  return problem;
}
