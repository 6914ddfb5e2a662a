/** The workspace's picture: taken from staff, and given to everybody. */
import { parse } from "../chat/chat.ts";
import { ConfabError } from "../errors.ts";
import { HttpError } from "../fresh/mod.ts";
import { LOGO } from "../protocol/limits.ts";
import { logoBody } from "../protocol/workspace.ts";
import { KEPT_FOR_EVER } from "./answer.ts";
import { readJson } from "./body.ts";
import { FORM } from "./file_form.ts";
import { pictureFacts } from "./pictures.ts";
import { type Ctx, run } from "./state.ts";

/** A JSON body with the picture in it. */
export async function takeLogo(ctx: Ctx): Promise<void> {
  const body = await readJson(ctx, "caller", Math.ceil(LOGO.bytes / 3) * 4 + FORM);
  await keepLogo(ctx, Uint8Array.fromBase64(parse(logoBody, body).data));
}

/** Throws `invalid` for what is no picture, or too large. */
export async function keepLogo(ctx: Ctx, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const facts = pictureFacts(bytes);
  const { width = 0, height = 0 } = facts ?? {};
  const fits = Math.min(width, height) >= 1 && Math.max(width, height) <= LOGO.pixels;
  if (facts === null || !fits || bytes.length > LOGO.bytes) throw noLogo();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  await run(ctx, "setLogo", {
    version: digest.toHex().slice(0, 16),
    type: facts.type,
    data: bytes.toBase64(),
  });
}

function noLogo(): ConfabError {
  const message = `must be a PNG, JPEG, WebP or GIF of at most ${LOGO.bytes} bytes`;
  return new ConfabError("invalid", "This cannot be the picture.", {
    errors: [{ path: "logo", message, reason: "invalid" }],
  });
}

/** Its address names it, so that it may be kept for ever. */
export async function answerLogo(ctx: Ctx): Promise<Response> {
  const { workspace, logo } = ctx.state.services;
  const version = ctx.params.version ?? "";
  // Of any other the database need not be asked.
  const data = workspace.get("logo")?.version === version ? await logo.get(version) : null;
  if (data === null) throw new HttpError(404, "There is no such picture.");
  return new Response(data.bytes, {
    headers: { "content-type": data.type, "cache-control": KEPT_FOR_EVER },
  });
}
