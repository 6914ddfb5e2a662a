/** `/api/signup`: a new account with its first session. */
import { openByJson, signupOpening } from "../../lib/http/opening.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  POST: (ctx) => openByJson(ctx, signupOpening(false), 201),
});
