/** `/api/users/:id/reset`: staff make a link with which somebody sets a new password. */
import { json } from "../../../../lib/http/answer.ts";
import { resetLink } from "../../../../lib/http/recovery.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { token, expiresAt } = await run(ctx, "resetUser", { userId: idOf(ctx, "id") });
    return json({ url: resetLink(ctx, token), expiresAt }, 201);
  },
});
