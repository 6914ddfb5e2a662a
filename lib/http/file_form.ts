/** A form with a file, as browsers send it with and without a script: small enough to be read whole. */
import { ConfabError } from "../errors.ts";
import { readBytes } from "./body.ts";
import type { Ctx } from "./state.ts";

/** Room for what is in the form besides the file. */
export const FORM = 8_192;

/**
 * Of a signed-in caller. Throws `too_large` for more.
 * @param most bytes of the file
 */
export async function readFileForm(ctx: Ctx, most: number): Promise<FormData> {
  const body = await readBytes(ctx, most + FORM);
  const type = ctx.req.headers.get("content-type") ?? "";
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (error) {
    throw new ConfabError("bad_request", "The body must be a form.", { cause: error });
  }
}

/** A field that is text; null where there is none of that name. */
export function textIn(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === "string" ? value : null;
}
