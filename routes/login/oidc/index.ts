/** `/login/oidc`: leads to a provider, to come in by it. */
import { beginSignIn } from "../../../lib/http/sign_on.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ GET: beginSignIn });
