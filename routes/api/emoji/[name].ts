/** `/api/emoji/:name`: one custom emoji. */
import { noContent } from "../../../lib/http/answer.ts";
import { dropEmoji } from "../../../lib/http/custom_emoji.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await dropEmoji(ctx, ctx.params.name ?? "");
    return noContent();
  },
});
