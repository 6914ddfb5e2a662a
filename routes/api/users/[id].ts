/** `/api/users/:id`: a profile; for admins, role and disabling. */
import { json } from "../../../lib/http/answer.ts";
import { readWith } from "../../../lib/http/body.ts";
import { define, idOf, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "getUser", { id: idOf(ctx, "id") }));
  },

  /** For admins: role, disabled. */
  async PATCH(ctx) {
    const userId = idOf(ctx, "id");
    return json(await run(ctx, "updateUser", await readWith(ctx, { userId })));
  },
});
