/** `/api/me/room`: the room that the caller has just opened; the chat opens there next time. */
import { noContent } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { callerOf, define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "rememberRoom", await readJson(ctx));
    // The page of a room that was left is asked for anew: it remembers that one came back.
    ctx.state.services.tags.touch(callerOf(ctx).user.id);
    return noContent();
  },
});
