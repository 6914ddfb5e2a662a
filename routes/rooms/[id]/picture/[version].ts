/** `/rooms/:id/picture/:version`: a room's picture, for whoever may see the room. */
import { answerPicture } from "../../../../lib/http/small_pictures.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { version } = ctx.params;
    return answerPicture(await run(ctx, "roomPicture", { room: idOf(ctx, "id"), version }));
  },
});
