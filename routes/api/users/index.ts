/** `/api/users`: people by the beginning of their name. */
import { parse } from "../../../lib/chat/chat.ts";
import { json } from "../../../lib/http/answer.ts";
import { define, queryOf, run } from "../../../lib/http/state.ts";
import { usersQuery } from "../../../lib/protocol/requests.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { q = "" } = parse(usersQuery, queryOf(ctx));
    return json({ users: await run(ctx, "searchUsers", { q }) });
  },
});
