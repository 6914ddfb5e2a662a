/** `/api/accounts`: everybody's accounts as staff see them, by page. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { accountsQuery } from "../../../lib/protocol/staff.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listAccounts", readQuery(ctx, accountsQuery)));
  },
});
