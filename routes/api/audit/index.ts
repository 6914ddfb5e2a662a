/** `/api/audit`: who did what to whom, for staff, by page. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { auditQuery } from "../../../lib/protocol/audit.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listAudit", readQuery(ctx, auditQuery)));
  },
});
