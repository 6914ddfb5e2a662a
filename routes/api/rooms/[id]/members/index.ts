/** `/api/rooms/:id/members`: who is in the room. */
import { json } from "../../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ members: await run(ctx, "listMembers", { room: idOf(ctx, "id") }) });
  },
});
