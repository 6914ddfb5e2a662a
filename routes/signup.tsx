/** `/signup`: a form that works without a script. */
import { page } from "fresh";
import { parse } from "../lib/chat/chat.ts";
import { toConfabError } from "../lib/errors.ts";
import { retryAfter } from "../lib/http/answer.ts";
import { formOrRefusal } from "../lib/http/body.ts";
import { PLAIN_STYLES } from "../lib/http/pages.ts";
import { clientOf, nextPath, signedIn } from "../lib/http/session.ts";
import { define } from "../lib/http/state.ts";
import { signup } from "../lib/protocol/accounts.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { Document } from "../lib/ui/pages/Document.tsx";
import { SignupPage, type SignupPageProps } from "../lib/ui/pages/SignupPage.tsx";

type Data = Omit<SignupPageProps, "language">;

export const handler = define.handlers({
  async GET(ctx) {
    const next = nextPath(ctx.url.searchParams.get("next"));
    if (ctx.state.caller !== null) return ctx.redirect(next);
    const { auth } = ctx.state.services;
    return page<Data>({ next, open: await auth.mayOpenAccount(), first: await auth.isNew() });
  },

  async POST(ctx) {
    const { form, refusal } = await formOrRefusal(ctx);
    const next = nextPath(form.get("next"));
    const username = form.get("username") ?? "";
    const firstOnly = form.get("first") !== null;
    const displayName = form.get("displayName")?.trim() ?? "";
    try {
      if (refusal !== null) throw refusal;
      const input = parse(signup, {
        username: username.trim(),
        password: form.get("password") ?? "",
        ...(displayName === "" ? {} : { displayName }),
      });
      const { auth } = ctx.state.services;
      const result = await auth.signup({ ...input, firstOnly }, clientOf(ctx));
      return signedIn(ctx, ctx.redirect(next, 303), result);
    } catch (thrown) {
      const error = toConfabError(thrown);
      if (error.code === "internal") throw thrown;
      const { code, errors } = error;
      const { auth } = ctx.state.services;
      const [open, first] = [await auth.mayOpenAccount(), await auth.isNew()];
      // Somebody was faster: whoever came to be the owner is asked before they become a member.
      const late = firstOnly && open && !first;
      const values = { username, displayName };
      const data: Data = { next, values, error: code, errors, open, first, late };
      return page<Data>(data, { status: error.status, headers: retryAfter(error) });
    }
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={state.language}
    theme="system"
    title={pageWords(state.language).accounts[data.first ? "firstTitle" : "signupTitle"]}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
  >
    <SignupPage language={state.language} {...data} />
  </Document>
));
