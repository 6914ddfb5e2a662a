/** `/api/rooms/:id/scheduled`: a message that is sent at a time to come. */
import { json } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  /** A script may leave the `clientId` out; then we choose it, and a retry is a new message. */
  async POST(ctx) {
    const room = idOf(ctx, "id");
    const clientId = ctx.state.services.clientId();
    const kept = await run(ctx, "scheduleMessage", { clientId, ...await readWith(ctx, { room }) });
    return json(kept.scheduled, kept.duplicate ? 200 : 201);
  },
});
