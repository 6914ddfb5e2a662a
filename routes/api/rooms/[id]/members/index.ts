/** `/api/rooms/:id/members`: who is in the room; with `limit` or `after`, a page of them. */
import { parse } from "../../../../../lib/chat/chat.ts";
import { json } from "../../../../../lib/http/answer.ts";
import { define, idOf, queryOf, run } from "../../../../../lib/http/state.ts";
import { membersQuery } from "../../../../../lib/protocol/members.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    const page = parse(membersQuery, queryOf(ctx));
    if (Object.keys(page).length > 0) {
      const found = await run(ctx, "pageMembers", { room, ...page });
      return json({ ...found, presence: ctx.state.services.hub.presenceOf(found.members) });
    }
    return json({ members: await run(ctx, "listMembers", { room }) });
  },
});
