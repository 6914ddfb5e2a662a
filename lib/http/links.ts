/** Pictures of previews over HTTP. */
import { HttpError } from "../fresh/mod.ts";
import { keptPicture } from "./answer.ts";
import { type Ctx, run } from "./state.ts";

/** Its key is random, and its address names its version. */
export async function answerPreviewPicture(ctx: Ctx): Promise<Response> {
  const { key = "" } = ctx.params;
  const picture = await run(ctx, "previewPicture", { key });
  const read = picture === null ? null : await ctx.state.services.blobs.read(picture.blob);
  if (picture === null || read === null) throw new HttpError(404, "There is no such picture.");
  return keptPicture(read.stream, picture.type, read.size);
}
