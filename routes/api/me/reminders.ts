/** `/api/me/reminders`: the messages of which the caller wants to be reminded. */
import { json } from "../../../lib/http/answer.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ reminders: await run(ctx, "listReminders", {}) });
  },
});
