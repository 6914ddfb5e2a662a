/** `/api/me/room`: the room that the caller has just opened; the chat opens there next time. */
import { noContent } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { callerOf, define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    const room = await run(ctx, "rememberRoom", await readJson(ctx));
    ctx.state.services.tags.enters(callerOf(ctx).user.id, room);
    return noContent();
  },
});
