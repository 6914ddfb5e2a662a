/**
 * Custom emoji over HTTP: the list, a picture that becomes one, the pictures. The bytes are on the
 * disk before the emoji is there, and go after it.
 */
import { parse } from "../chat/chat.ts";
import { ConfabError, fileTooLarge } from "../errors.ts";
import { HttpError } from "../fresh/mod.ts";
import { type CustomEmoji, emojiBody, nameEmoji } from "../protocol/custom_emoji.ts";
import { mayAddEmoji } from "../protocol/emoji_permissions.ts";
import { emojiVersion } from "../protocol/emoji_names.ts";
import { CUSTOM_EMOJI } from "../protocol/limits.ts";
import { readJson } from "./body.ts";
import { json, keptPicture } from "./answer.ts";
import { readFileForm, textIn } from "./file_form.ts";
import { isMultipart } from "./multipart.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** Asked for by every page: who has the list already is told so. */
export async function answerEmojiList(ctx: Ctx): Promise<Response> {
  const list = await run(ctx, "listEmoji", {});
  // The epoch, since a backup that was put back counts its revisions anew.
  const etag = `"${ctx.state.services.epoch}-${list.revision}"`;
  const headers = { etag, "cache-control": "private, no-cache" };
  const isKnown = (ctx.req.headers.get("if-none-match") ?? "").includes(etag);
  return isKnown ? new Response(null, { status: 304, headers }) : json(list, 200, headers);
}

/** `name` and `file`: of a form the picture itself, in JSON the id of a file that was uploaded. */
export async function takeEmoji(ctx: Ctx): Promise<CustomEmoji> {
  requireMaker(ctx);
  if (isMultipart(ctx.req)) {
    return await keepEmoji(ctx, await readFileForm(ctx, CUSTOM_EMOJI.taken));
  }
  const { name, file } = parse(emojiBody, await readJson(ctx));
  await run(ctx, "nameEmoji", { name });
  const emoji = await makeEmoji(ctx, name, await uploaded(ctx, file));
  // It has become the emoji: nothing else is to be made of it.
  await run(ctx, "deleteFile", { file });
  return emoji;
}

/** The bytes of one's own upload that is complete and that no message holds. */
async function uploaded(ctx: Ctx, id: number): Promise<Uint8Array<ArrayBuffer>> {
  const { key, file } = await run(ctx, "findUpload", { file: id });
  if (file !== null && file.size > CUSTOM_EMOJI.taken) throw fileTooLarge(CUSTOM_EMOJI.taken);
  const read = file === null ? null : await ctx.state.services.blobs.read(key);
  if (read === null) throw noPicture("invalid");
  return await new Response(read.stream).bytes();
}

/** Before a body is read and a picture made: the store asks again. */
export function requireMaker(ctx: Ctx): void {
  const makers = ctx.state.services.workspace.get("emojiMakers");
  if (mayAddEmoji(callerOf(ctx).user, makers) === "allowed") return;
  throw new ConfabError("forbidden", "You may not add emoji here.");
}

/** Throws `invalid` for a name or a picture that cannot be one. */
export async function keepEmoji(ctx: Ctx, form: FormData): Promise<CustomEmoji> {
  const { name } = parse(nameEmoji, { name: textIn(form, "name") ?? "" });
  await run(ctx, "nameEmoji", { name });
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) throw noPicture("missing");
  return await makeEmoji(ctx, name, new Uint8Array(await file.arrayBuffer()));
}

async function makeEmoji(
  ctx: Ctx,
  name: string,
  source: Uint8Array<ArrayBuffer>,
): Promise<CustomEmoji> {
  const { blobs, inspector, newBlobKey } = ctx.state.services;
  const { pixels, kept } = CUSTOM_EMOJI;
  const wish = {
    width: pixels,
    height: pixels,
    fit: "inside",
    animated: true,
    most: kept,
  } as const;
  const { user } = callerOf(ctx);
  const small = await inspector.shrink(source, wish, user.id).catch((error) => {
    throw error instanceof ConfabError && error.code === "invalid" ? noPicture("invalid") : error;
  });
  const { bytes, type, width, height } = small;
  if (bytes.length > kept || !/^image\/(?:webp|png|gif|jpeg)$/.test(type)) {
    throw noPicture("invalid");
  }
  const blob = newBlobKey();
  const size = await blobs.put(blob, bytes);
  try {
    return await run(ctx, "addEmoji", { name, picture: { blob, type, size, width, height } });
  } catch (error) {
    await forget(ctx, blob);
    throw error;
  }
}

function noPicture(reason: "missing" | "invalid"): ConfabError {
  const message = "must be a picture that can be made small";
  return new ConfabError("invalid", "This cannot be an emoji's picture.", {
    errors: [{ path: "file", message, reason }],
  });
}

export async function dropEmoji(ctx: Ctx, name: string): Promise<void> {
  const { blob } = await run(ctx, "removeEmoji", { name });
  await forget(ctx, blob);
}

/** Where that fails, which is logged there, nothing names the bytes: they are swept later. */
async function forget(ctx: Ctx, blob: string): Promise<void> {
  await ctx.state.services.blobs.remove(blob).catch(() => {});
}

/** Its address names the picture; for who is signed in. */
export async function answerEmojiPicture(ctx: Ctx): Promise<Response> {
  callerOf(ctx);
  const { name = "", version } = ctx.params;
  const picture = await run(ctx, "emojiPicture", { name });
  const isThis = picture !== null && emojiVersion(picture.blob) === version;
  const read = isThis ? await ctx.state.services.blobs.read(picture.blob) : null;
  if (read === null) throw new HttpError(404, "There is no such picture.");
  return keptPicture(read.stream, picture!.type, read.size);
}
