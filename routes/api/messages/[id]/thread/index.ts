/** `/api/messages/:id/thread`: the thread of a message, by page, and its title. */
import { json, noContent } from "../../../../../lib/http/answer.ts";
import { readWith } from "../../../../../lib/http/body.ts";
import { define, idOf, readQuery, run } from "../../../../../lib/http/state.ts";
import { threadQuery } from "../../../../../lib/protocol/threads.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const message = idOf(ctx, "id");
    return json(await run(ctx, "thread", { message, ...readQuery(ctx, threadQuery) }));
  },

  async PATCH(ctx) {
    await run(ctx, "titleThread", await readWith(ctx, { message: idOf(ctx, "id") }));
    return noContent();
  },
});
