/** `/`: the chat without an open room, or the way to the login. */
import { page } from "fresh";
import { bootstrapOf } from "../lib/http/pages.ts";
import { define } from "../lib/http/state.ts";
import { ChatDocument } from "./(_parts)/ChatDocument.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    if (ctx.state.caller === null) return ctx.redirect("/login");
    return page(await bootstrapOf(ctx, null, null));
  },
});

export default define.page<typeof handler>(ChatDocument);
