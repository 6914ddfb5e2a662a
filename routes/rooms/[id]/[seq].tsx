/** `/rooms/:id/:seq`: a message, in the middle of its page. */
import { joinRoom, roomPage } from "../../../lib/http/pages.ts";
import { define, idOf } from "../../../lib/http/state.ts";
import { RoomDocument } from "../../(_parts)/RoomDocument.tsx";

export const handler = define.handlers({
  GET: (ctx) => roomPage(ctx, idOf(ctx, "id"), idOf(ctx, "seq")),
  POST: (ctx) => joinRoom(ctx, idOf(ctx, "id")),
});

export default define.page<typeof handler>(RoomDocument);
