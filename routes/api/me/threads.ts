/** `/api/me/threads`: the threads that the caller follows, by page. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { threadsQuery } from "../../../lib/protocol/threads.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listThreads", readQuery(ctx, threadsQuery)));
  },
});
