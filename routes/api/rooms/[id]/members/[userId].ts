/** `/api/rooms/:id/members/:userId`: join or add, leave or remove. */
import { noContent } from "../../../../../lib/http/answer.ts";
import { type Ctx, define, idOf, run } from "../../../../../lib/http/state.ts";

const memberOf = (ctx: Ctx) => ({ room: idOf(ctx, "id"), userId: idOf(ctx, "userId") });

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "addMember", memberOf(ctx));
    return noContent();
  },

  async DELETE(ctx) {
    await run(ctx, "removeMember", memberOf(ctx));
    return noContent();
  },
});
