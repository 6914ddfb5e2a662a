/** `/login/oidc/callback/:provider`: the same, of a provider with an address of its own. */
import { arrive } from "../../../../lib/http/sign_on.ts";
import { define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({ GET: (ctx) => arrive(ctx, ctx.params.provider ?? "") });
