/** `/api/me/avatar`: the caller's picture. */
import { json, noContent } from "../../../lib/http/answer.ts";
import { readPicture } from "../../../lib/http/small_pictures.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    const { avatar } = await run(ctx, "setAvatar", { picture: await readPicture(ctx) });
    return json({ avatar });
  },

  async DELETE(ctx) {
    await run(ctx, "removeAvatar", {});
    return noContent();
  },
});
