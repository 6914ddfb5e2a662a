/** `/api/rooms/:id/files`: what the room's messages hold. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { filesQuery } from "../../../../lib/protocol/files.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    return json(await run(ctx, "listFiles", { room, ...readQuery(ctx, filesQuery) }));
  },
});
