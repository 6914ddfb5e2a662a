/** `/api/messages/:id/reactions/:emoji`: the caller's own reaction. */
import { noContent } from "../../../../../lib/http/answer.ts";
import { type Ctx, define, idOf, run } from "../../../../../lib/http/state.ts";

async function react(ctx: Ctx, on: boolean): Promise<Response> {
  const emoji = ctx.params.emoji;
  await run(ctx, "react", { message: idOf(ctx, "id"), emoji, on });
  return noContent();
}

export const handler = define.handlers({
  PUT: (ctx) => react(ctx, true),
  DELETE: (ctx) => react(ctx, false),
});
