import { page } from "fresh";
import { bootstrapOf, toLogin } from "../../../lib/http/pages.ts";
import { define, idOf } from "../../../lib/http/state.ts";
import { ChatDocument } from "../../(_parts)/ChatDocument.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    if (ctx.state.caller === null) return toLogin(ctx);
    return page(await bootstrapOf(ctx, idOf(ctx, "id"), null));
  },
});

export default define.page<typeof handler>(ChatDocument);
