/** `/emoji/:name/:version`: the picture of a custom emoji. */
import { answerEmojiPicture } from "../../../lib/http/custom_emoji.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ GET: answerEmojiPicture });
