/** `/api/me/email`: one's own e-mail address, which counts once it is proven. */
import { json, noContent } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: async (ctx) => json(await run(ctx, "getEmail", {})),
  PUT: async (ctx) => json(await run(ctx, "setEmail", await readJson(ctx)), 202),
  async DELETE(ctx) {
    await run(ctx, "removeEmail", {});
    return noContent();
  },
});
