/** `/api/rooms/:id/topics`: a room's threads that have a title. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { topicsQuery } from "../../../../lib/protocol/threads.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    return json(await run(ctx, "listTopics", { room, ...readQuery(ctx, topicsQuery) }));
  },
});
