/** `/api/rooms/:id/links`: the addresses that the room's messages name. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { linksQuery } from "../../../../lib/protocol/files.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    return json(await run(ctx, "listLinks", { room, ...readQuery(ctx, linksQuery) }));
  },
});
