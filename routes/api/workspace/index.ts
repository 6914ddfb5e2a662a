/** `/api/workspace`: what everybody may know of it, also who has no account. */
import { json } from "../../../lib/http/answer.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: (ctx) => json(ctx.state.services.workspace.seenBy("everybody")),
});
