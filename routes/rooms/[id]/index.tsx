/** `/rooms/:id`: a room; for a public one that is not joined, the page to join it. */
import { joinRoom, roomPage } from "../../../lib/http/pages.ts";
import { define, idOf } from "../../../lib/http/state.ts";
import { RoomDocument } from "../../(_parts)/RoomDocument.tsx";

export const handler = define.handlers({
  GET: (ctx) => roomPage(ctx, idOf(ctx, "id"), null),
  POST: (ctx) => joinRoom(ctx, idOf(ctx, "id")),
});

export default define.page<typeof handler>(RoomDocument);
