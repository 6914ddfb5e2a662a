/** `/api/users`: finds people by words of their names, everywhere or in a room; or by their ids. */
import { parse } from "../../../lib/chat/chat.ts";
import { json } from "../../../lib/http/answer.ts";
import { acquaintances } from "../../../lib/http/people.ts";
import { define, queryOf, run } from "../../../lib/http/state.ts";
import { usersQuery } from "../../../lib/protocol/people.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { q = "", ids, room } = parse(usersQuery, queryOf(ctx));
    if (ids !== undefined) {
      const users = await acquaintances(ctx, ids, room);
      return json({ users, presence: ctx.state.services.hub.presenceOf(users) });
    }
    if (room === undefined) return json({ users: await run(ctx, "searchUsers", { q }) });
    return json({ users: await run(ctx, "searchMembers", { room, q }) });
  },
});
