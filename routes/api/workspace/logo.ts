/** `/api/workspace/logo`: the workspace's picture, set and removed by staff. */
import { noContent } from "../../../lib/http/answer.ts";
import { takeLogo } from "../../../lib/http/logo.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await takeLogo(ctx);
    return noContent();
  },

  async DELETE(ctx) {
    await run(ctx, "updateWorkspace", { logo: null });
    return noContent();
  },
});
