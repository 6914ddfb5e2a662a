/** `/api/messages/:id/follow`: the caller follows the thread of a message, or no longer. */
import { noContent } from "../../../../lib/http/answer.ts";
import { type Ctx, define, idOf, run } from "../../../../lib/http/state.ts";

async function follow(ctx: Ctx, on: boolean): Promise<Response> {
  await run(ctx, "followThread", { message: idOf(ctx, "id"), on });
  return noContent();
}

export const handler = define.handlers({
  PUT: (ctx) => follow(ctx, true),
  DELETE: (ctx) => follow(ctx, false),
});
