/** `/api/invites/:id`: takes an invitation back. */
import { noContent } from "../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await run(ctx, "revokeInvite", { id: idOf(ctx, "id") });
    return noContent();
  },
});
