/** `/api/emoji`: custom emoji, listed and added. */
import { json } from "../../../lib/http/answer.ts";
import { answerEmojiList, takeEmoji } from "../../../lib/http/custom_emoji.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: answerEmojiList,
  POST: async (ctx) => json(await takeEmoji(ctx), 201),
});
