/** `/avatars/:id/:version`: a person's picture, for whoever may see them. */
import { answerPicture } from "../../../lib/http/small_pictures.ts";
import { define, idOf, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { version } = ctx.params;
    return answerPicture(await run(ctx, "avatarPicture", { id: idOf(ctx, "id"), version }));
  },
});
