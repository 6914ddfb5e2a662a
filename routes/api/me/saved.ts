/** `/api/me/saved`: the caller's saved messages, by page. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { savedQuery } from "../../../lib/protocol/saved.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listSaved", readQuery(ctx, savedQuery)));
  },
});
