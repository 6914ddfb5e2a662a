/** `/api/rooms/:id/members`: who is in the room; with `limit` or `after`, a page of them. */
import { parse } from "../../../../../lib/chat/chat.ts";
import { json } from "../../../../../lib/http/answer.ts";
import { define, idOf, queryOf, run } from "../../../../../lib/http/state.ts";
import { membersQuery } from "../../../../../lib/protocol/members.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    const query = queryOf(ctx);
    if (Object.keys(parse(membersQuery, query)).length > 0) {
      const page = await run(ctx, "pageMembers", { room, query });
      return json({ ...page, presence: ctx.state.services.hub.presenceOf(page.members) });
    }
    return json({ members: await run(ctx, "listMembers", { room }) });
  },
});
