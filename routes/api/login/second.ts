/** `/api/login/second`: the ticket of a sign-in and a code → a session. */
import { openByJson, SECOND } from "../../../lib/http/opening.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  POST: (ctx) => openByJson(ctx, SECOND),
});
