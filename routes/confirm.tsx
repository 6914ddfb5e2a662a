/** `/confirm`: asks once more who it is, then goes on with what was to be done. No script needed. */
import { page } from "fresh";
import { type ConfabError, toConfabError } from "../lib/errors.ts";
import { retryAfter } from "../lib/http/answer.ts";
import { readForm } from "../lib/http/body.ts";
import { actOf, confirmByForm, isAnswer, waitingFields } from "../lib/http/confirming.ts";
import { PASSKEYS_ENTRY, passkeySiteOf } from "../lib/http/passkeys.ts";
import { claimIn, nextPath, speaksForOther } from "../lib/http/session.ts";
import { callerOf, type Ctx, define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { ConfirmPage, type ConfirmPageProps } from "../lib/ui/pages/ConfirmPage.tsx";
import { withNext } from "../lib/ui/pages/LoginPage.tsx";
import { PlainDocument } from "./(_parts)/PlainDocument.tsx";

type Data = Omit<ConfirmPageProps, "language">;

export const handler = define.handlers({
  async GET(ctx) {
    if (ctx.state.caller === null) return signInFirst(ctx);
    return page<Data>(await dataOf(ctx, []));
  },

  async POST(ctx) {
    const { caller } = ctx.state;
    if (caller === null) return signInFirst(ctx);
    const form = await readForm(ctx);
    // From before somebody else signed in: they see their own page, and nothing is done.
    if (speaksForOther(ctx, caller, claimIn(form))) return ctx.redirect(onward(ctx), 303);
    const waiting = waitingFields(form);
    if (!isAnswer(form)) return page<Data>(await dataOf(ctx, waiting), { status: 403 });
    try {
      await confirmByForm(ctx, form);
      // Back to where the form was going: the browser sends it there again.
      return ctx.redirect(onward(ctx), actOf(ctx) === null ? 303 : 307);
    } catch (thrown) {
      const error = toConfabError(thrown);
      if (error.code === "internal") throw thrown;
      return page<Data>(await dataOf(ctx, waiting, error), {
        status: error.status,
        headers: retryAfter(error),
      });
    }
  },
});

/** Signing in shows it as well: from there on one goes on, and asks for the act again. */
function signInFirst(ctx: Ctx): Response {
  return ctx.redirect(withNext("/login", onward(ctx)), 303);
}

function onward(ctx: Ctx): string {
  return actOf(ctx) ?? nextPath(ctx.url.searchParams.get("next"));
}

async function dataOf(ctx: Ctx, waiting: [string, string][], error?: ConfabError): Promise<Data> {
  const { auth, instance } = ctx.state.services;
  const caller = callerOf(ctx);
  const act = actOf(ctx);
  const back = onward(ctx);
  const { methods } = await auth.confirming.state(caller);
  const site = methods.includes("passkey") ? passkeySiteOf(ctx) : null;
  return {
    action: `/confirm?${act === null ? "next" : "act"}=${encodeURIComponent(back)}`,
    back,
    waiting,
    methods,
    passkey: site && await (await auth.passkeys()).shown.optionsToConfirm(caller, site),
    username: caller.user.username,
    sessionId: caller.sessionId,
    instance,
    ...(error === undefined ? {} : { error: error.code, errors: error.errors }),
  };
}

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).confirm.title}
    entry={data.passkey ? PASSKEYS_ENTRY : undefined}
  >
    <ConfirmPage language={state.language} {...data} />
  </PlainDocument>
));
