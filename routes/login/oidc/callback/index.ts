/** `/login/oidc/callback`: the browser is back from a provider. */
import { arrive } from "../../../../lib/http/sign_on.ts";
import { define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({ GET: (ctx) => arrive(ctx, null) });
