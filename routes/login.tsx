/** `/login`: a form that works without a script. */
import { page } from "fresh";
import { parse } from "../lib/chat/chat.ts";
import { toConfabError } from "../lib/errors.ts";
import { retryAfter } from "../lib/http/answer.ts";
import { formOrRefusal } from "../lib/http/body.ts";
import { PLAIN_STYLES } from "../lib/http/pages.ts";
import { clientOf, nextPath, signedIn } from "../lib/http/session.ts";
import { type Ctx, define } from "../lib/http/state.ts";
import { isSessionEnd } from "../lib/protocol/codes.ts";
import { login } from "../lib/protocol/accounts.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { Document } from "../lib/ui/pages/Document.tsx";
import { LoginPage, type LoginPageProps, withNext } from "../lib/ui/pages/LoginPage.tsx";

type Data = Omit<LoginPageProps, "language">;

export const handler = define.handlers({
  async GET(ctx) {
    const next = nextPath(ctx.url.searchParams.get("next"));
    if (ctx.state.caller !== null) return ctx.redirect(next);
    // Nobody can log in yet: whoever set the server up makes the first account.
    if (await ctx.state.services.auth.isNew()) return ctx.redirect(withNext("/signup", next));
    const signup = await ctx.state.services.auth.mayOpenAccount();
    const { ended } = ctx.state;
    return page<Data>({ next, signup, ended: reasonOf(ctx), username: ended?.username });
  },

  async POST(ctx) {
    const { form, refusal } = await formOrRefusal(ctx);
    const next = nextPath(form.get("next"));
    const username = form.get("username") ?? "";
    const password = form.get("password") ?? "";
    try {
      if (refusal !== null) throw refusal;
      const input = parse(login, { username, password });
      const result = await ctx.state.services.auth.login(input, clientOf(ctx));
      return signedIn(ctx, ctx.redirect(next, 303), result);
    } catch (thrown) {
      const error = toConfabError(thrown);
      if (error.code === "internal") throw thrown;
      const signup = await ctx.state.services.auth.mayOpenAccount();
      const missing = refusal !== null ? [] : [
        ...(username.trim() === "" ? ["username" as const] : []),
        ...(password === "" ? ["password" as const] : []),
      ];
      const data = { next, username, error: error.code, missing, signup };
      return page<Data>(data, { status: error.status, headers: retryAfter(error) });
    }
  },
});

/** Why somebody comes here who was signed in: as their page says, else as their cookie tells. */
function reasonOf(ctx: Ctx): LoginPageProps["ended"] {
  const said = ctx.url.searchParams.get("reason");
  if (said === "unknown" || isSessionEnd(said)) return said;
  return ctx.state.ended?.reason;
}

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={state.language}
    theme="system"
    title={pageWords(state.language).accounts.loginTitle}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
  >
    <LoginPage language={state.language} {...data} />
  </Document>
));
