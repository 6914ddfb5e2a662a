/** `/api/rooms/:id/picture`: a room's picture. */
import { json, noContent } from "../../../../lib/http/answer.ts";
import { readPicture } from "../../../../lib/http/small_pictures.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    const room = idOf(ctx, "id");
    // Before a body is read and a picture made: there is such a room. The store asks who changes it.
    await run(ctx, "getRoom", { room });
    const { picture } = await run(ctx, "setRoomPicture", { room, picture: await readPicture(ctx) });
    return json({ picture });
  },

  async DELETE(ctx) {
    await run(ctx, "removeRoomPicture", { room: idOf(ctx, "id") });
    return noContent();
  },
});
