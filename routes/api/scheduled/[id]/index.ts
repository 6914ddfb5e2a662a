/** `/api/scheduled/:id`: changes a message that waits to be sent, or takes it back. */
import { json, noContent } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { cancelQuery } from "../../../../lib/protocol/scheduled.ts";

export const handler = define.handlers({
  async PATCH(ctx) {
    const scheduled = idOf(ctx, "id");
    return json(await run(ctx, "changeScheduled", await readWith(ctx, { scheduled })));
  },

  async DELETE(ctx) {
    const scheduled = idOf(ctx, "id");
    await run(ctx, "cancelScheduled", { scheduled, ...readQuery(ctx, cancelQuery) });
    return noContent();
  },
});
