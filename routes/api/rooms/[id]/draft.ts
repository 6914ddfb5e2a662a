/** `/api/rooms/:id/draft`: what the caller has written there, or in a thread there, and not sent. */
import { noContent } from "../../../../lib/http/answer.ts";
import { readJsonIfAny, readWith } from "../../../../lib/http/body.ts";
import { define, idOf, readQuery, run } from "../../../../lib/http/state.ts";
import { dropDraftQuery } from "../../../../lib/protocol/drafts.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "setDraft", await readWith(ctx, { room: idOf(ctx, "id") }));
    return noContent();
  },

  /** The thread is named in the query, or in a body. */
  async DELETE(ctx) {
    const named = { ...readQuery(ctx, dropDraftQuery), ...await readJsonIfAny(ctx) as object };
    await run(ctx, "dropDraft", { ...named, room: idOf(ctx, "id") });
    return noContent();
  },
});
