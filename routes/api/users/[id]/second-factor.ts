/** `/api/users/:id/second-factor`: for staff, takes it from somebody who has lost theirs. */
import { noContent } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await run(ctx, "removeFactors", { userId: idOf(ctx, "id") });
    return noContent();
  },
});
