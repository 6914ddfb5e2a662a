/** `/api/messages/:id/links`: takes the preview of a link away from a message. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { removeLinkQuery } from "../../../../lib/protocol/links.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    const { url } = readQuery(ctx, removeLinkQuery);
    return json(await run(ctx, "removeLink", { message: idOf(ctx, "id"), url }));
  },
});
