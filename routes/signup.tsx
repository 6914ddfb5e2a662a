/** `/signup`: a form that works without a script. */
import { page } from "fresh";
import { openByForm, type RefusedForm, signupOpening } from "../lib/http/opening.ts";
import { PLAIN_STYLES } from "../lib/http/pages.ts";
import { nextPath } from "../lib/http/session.ts";
import { type Ctx, define } from "../lib/http/state.ts";
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

  POST: (ctx) => openByForm(ctx, (form) => signupOpening(isFirstOnly(form)), { fields, refused }),
});

/** Whether the page offered the server's first account, and no other kind. */
function isFirstOnly(form: URLSearchParams): boolean {
  return form.get("first") !== null;
}

function fields(form: URLSearchParams) {
  const { username, displayName } = namesIn(form);
  return {
    username: username.trim(),
    password: form.get("password") ?? "",
    ...(displayName === "" ? {} : { displayName }),
  };
}

function namesIn(form: URLSearchParams) {
  return {
    username: form.get("username") ?? "",
    displayName: form.get("displayName")?.trim() ?? "",
  };
}

async function refused(ctx: Ctx, { error, form, next }: RefusedForm): Promise<Data> {
  const { auth } = ctx.state.services;
  const [open, first] = [await auth.mayOpenAccount(), await auth.isNew()];
  // Somebody else was faster. A person who came to be the owner is asked before becoming a member.
  const late = isFirstOnly(form) && open && !first;
  const { code, errors } = error;
  return { next, values: namesIn(form), error: code, errors, open, first, late };
}

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
