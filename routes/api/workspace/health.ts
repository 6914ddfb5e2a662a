/** `/api/workspace/health`: how the chat is doing, for staff. */
import { json } from "../../../lib/http/answer.ts";
import { readHealth } from "../../../lib/http/health.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: async (ctx) => json(await readHealth(ctx)),
});
