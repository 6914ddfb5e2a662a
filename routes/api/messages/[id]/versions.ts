/** `/api/messages/:id/versions`: what an edited message said before. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ versions: await run(ctx, "listVersions", { message: idOf(ctx, "id") }) });
  },
});
