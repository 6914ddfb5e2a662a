/** `/api/rooms/:id/messages`: history by page, and new messages. */
import { json } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { unlessKnown } from "../../../../lib/http/conditional.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { historyQuery } from "../../../../lib/protocol/history.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const room = idOf(ctx, "id");
    const query = readQuery(ctx, historyQuery);
    return await unlessKnown(ctx, [room], () => run(ctx, "history", { room, ...query }));
  },

  /** A script may leave this out; then we choose it, and a retry is a new message. */
  async POST(ctx) {
    const room = idOf(ctx, "id");
    const clientId = ctx.state.services.clientId();
    const sent = await run(ctx, "sendMessage", { clientId, ...await readWith(ctx, { room }) });
    return json(sent.message, sent.duplicate ? 200 : 201);
  },
});
