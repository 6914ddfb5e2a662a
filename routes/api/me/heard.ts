/** `/api/me/heard`: which of some voice messages were heard. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { heardQuery } from "../../../lib/protocol/heard.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listHeard", readQuery(ctx, heardQuery)));
  },
});
