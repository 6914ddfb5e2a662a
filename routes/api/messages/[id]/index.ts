/** `/api/messages/:id`: edit and delete. */
import { parse } from "../../../../lib/chat/chat.ts";
import { json, noContent } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";
import { patchMessage } from "../../../../lib/protocol/messages.ts";

export const handler = define.handlers({
  async PATCH(ctx) {
    const { text } = parse(patchMessage, await readJson(ctx));
    return json(await run(ctx, "edit", { type: "edit", message: idOf(ctx, "id"), text }));
  },

  async DELETE(ctx) {
    await run(ctx, "delete", { type: "delete", message: idOf(ctx, "id") });
    return noContent();
  },
});
