/** `/api/rooms/:id/changes`: the same as `sync`, over HTTP. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { changesQuery } from "../../../../lib/protocol/sync.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    return json(await run(ctx, "changes", { room, ...readQuery(ctx, changesQuery) }));
  },
});
