/**
 * People's and rooms' pictures: what somebody sends becomes a small square one, which the database
 * keeps. It knows neither people nor rooms.
 */
import { parse } from "../chat/chat.ts";
import { ConfabError } from "../errors.ts";
import { PICTURE } from "../protocol/limits.ts";
import { type KeptPicture, type NewPicture, pictureBody } from "../protocol/small_pictures.ts";
import { keptPicture } from "./answer.ts";
import { readJson } from "./body.ts";
import { readFileBody, readFileForm } from "./file_form.ts";
import { isMultipart } from "./multipart.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** Bytes of a JSON body: larger ones are sent as they are. */
const JSON_BODY = 1_500_000;

/**
 * The picture of a body: its bytes as they are, a form with `file`, or JSON with `data`. Counted
 * before it is read. Throws `invalid` for what is no picture.
 */
export async function readPicture(ctx: Ctx): Promise<NewPicture> {
  await run(ctx, "takePicture", {});
  if (isMultipart(ctx.req)) {
    return await pictureOf(ctx, (await readFileForm(ctx, PICTURE.taken)).get("file"));
  }
  const type = ctx.req.headers.get("content-type") ?? "";
  if (/^image\//i.test(type)) return await makePicture(ctx, await readFileBody(ctx, PICTURE.taken));
  const { data } = parse(pictureBody, await readJson(ctx, "caller", JSON_BODY));
  return await makePicture(ctx, Uint8Array.fromBase64(data));
}

/** Of a form's field. */
export async function pictureOf(ctx: Ctx, file: FormDataEntryValue | null): Promise<NewPicture> {
  if (!(file instanceof File) || file.size === 0) throw noPicture("missing");
  return await makePicture(ctx, new Uint8Array(await file.arrayBuffer()));
}

async function makePicture(ctx: Ctx, source: Uint8Array<ArrayBuffer>): Promise<NewPicture> {
  const { pixels, bytes: most } = PICTURE;
  const wish = { width: pixels, height: pixels, fit: "cover", most } as const;
  const { user } = callerOf(ctx);
  const small = await ctx.state.services.inspector.shrink(source, wish, user.id).catch((error) => {
    throw error instanceof ConfabError && error.code === "invalid" ? noPicture("invalid") : error;
  });
  if (small.bytes.length > most || !/^image\/(webp|png|jpeg|gif)$/.test(small.type)) {
    throw noPicture("invalid");
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", small.bytes));
  return {
    version: digest.toHex().slice(0, 16),
    type: small.type,
    data: small.bytes.toBase64(),
  };
}

function noPicture(reason: "missing" | "invalid"): ConfabError {
  const message = "must be a picture, such as a PNG, JPEG, WebP or GIF";
  return new ConfabError("invalid", "This cannot be the picture.", {
    errors: [{ path: "file", message, reason }],
  });
}

/** Its address names it. */
export function answerPicture({ type, data }: KeptPicture): Response {
  return keptPicture(Uint8Array.fromBase64(data), type);
}
