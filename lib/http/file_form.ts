/** A form with a file, as browsers send it with and without a script: small enough to be read whole. */
import { ConfabError, fileTooLarge } from "../errors.ts";
import { readBytes } from "./body.ts";
import type { Ctx } from "./state.ts";

/** Room for what is in the form besides the file. */
export const FORM = 8_192;

/**
 * Of a signed-in caller. Throws `too_large`, with the limit, where a file of it is larger.
 * @param most bytes of a file
 */
export async function readFileForm(ctx: Ctx, most: number): Promise<FormData> {
  const form = await parseForm(ctx, await readFileBody(ctx, most, FORM));
  for (const value of form.values()) {
    if (value instanceof File && value.size > most) throw fileTooLarge(most);
  }
  return form;
}

async function parseForm(ctx: Ctx, body: Uint8Array<ArrayBuffer>): Promise<FormData> {
  const type = ctx.req.headers.get("content-type") ?? "";
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (error) {
    throw new ConfabError("bad_request", "The body must be a form.", { cause: error });
  }
}

/**
 * A body that is a file, or has one in it. Throws `too_large`, with the file's limit.
 * @param most bytes of the file
 * @param beside bytes of what may be around it
 */
export async function readFileBody(
  ctx: Ctx,
  most: number,
  beside = 0,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readBytes(ctx, most + beside);
  } catch (error) {
    throw error instanceof ConfabError && error.code === "too_large" ? fileTooLarge(most) : error;
  }
}

/** A field that is text; null where there is none of that name. */
export function textIn(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === "string" ? value : null;
}
