/** `/api/signup`: a new account with its first session, or a request for one. */
import { json } from "../../lib/http/answer.ts";
import { openByJson, signupOpening } from "../../lib/http/opening.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  POST: (ctx) => openByJson(ctx, signupOpening(false, (request) => json({ request }, 202)), 201),
});
