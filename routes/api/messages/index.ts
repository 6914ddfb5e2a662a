/** `/api/messages`: messages by their ids. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { messagesQuery } from "../../../lib/protocol/lookup.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listMessages", readQuery(ctx, messagesQuery)));
  },
});
