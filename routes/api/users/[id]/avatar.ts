/** `/api/users/:id/avatar`: staff take somebody's picture away. */
import { noContent } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await run(ctx, "removeUserAvatar", { userId: idOf(ctx, "id") });
    return noContent();
  },
});
