/** `/`: the chat where the reader last was, or the way to the login. */
import { homeBootstrap } from "../lib/http/home_page.ts";
import { chatPage } from "../lib/http/pages.ts";
import { define } from "../lib/http/state.ts";
import { catalogue } from "../lib/ui/catalogue/catalogue.ts";
import { homeRoom } from "../lib/ui/sidebar/home.ts";
import { ChatDocument } from "./(_parts)/ChatDocument.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    const { caller, language } = ctx.state;
    if (caller === null) return ctx.redirect("/login");
    const choose = (snapshot: Parameters<typeof homeRoom>[0]) =>
      homeRoom(snapshot, caller.user.id, language, catalogue(language));
    return chatPage(await homeBootstrap(ctx, choose));
  },
});

export default define.page<typeof handler>(ChatDocument);
