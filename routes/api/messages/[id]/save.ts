/** `/api/messages/:id/save`: saves a message for the caller, or removes it from the saved ones. */
import { noContent } from "../../../../lib/http/answer.ts";
import { type Ctx, define, idOf, run } from "../../../../lib/http/state.ts";

async function save(ctx: Ctx, on: boolean): Promise<Response> {
  await run(ctx, "saveMessage", { message: idOf(ctx, "id"), on });
  return noContent();
}

export const handler = define.handlers({
  PUT: (ctx) => save(ctx, true),
  DELETE: (ctx) => save(ctx, false),
});
