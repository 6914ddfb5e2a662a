/** `/api/openapi.json`: this interface, described for programs. `/api/docs` shows it to people. */
import { describe } from "../../lib/http/openapi/serve.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({ GET: (ctx) => describe(ctx.req) });
