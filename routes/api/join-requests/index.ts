/** `/api/join-requests`: who asks to join, for staff. */
import { json } from "../../../lib/http/answer.ts";
import { define, readQuery, run } from "../../../lib/http/state.ts";
import { joinRequestsQuery } from "../../../lib/protocol/join_requests.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listJoinRequests", readQuery(ctx, joinRequestsQuery)));
  },
});
