/** `/api/forgot`: a letter with a link to a new password, for whoever this is. */
import { parse } from "../../lib/chat/chat.ts";
import { noContent } from "../../lib/http/answer.ts";
import { readJson } from "../../lib/http/body.ts";
import { askForLetter } from "../../lib/http/recovery.ts";
import { define } from "../../lib/http/state.ts";
import { askReset } from "../../lib/protocol/recovery.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { name } = parse(askReset, await readJson(ctx, "anybody"));
    await askForLetter(ctx, name);
    return noContent();
  },
});
