/** `/login/passkey`: signing in with a passkey, alone or as the second step. */
import { page } from "fresh";
import { openByForm, type RefusedForm } from "../../lib/http/opening.ts";
import { jsonIn, PASSKEYS_ENTRY, passkeySiteOf, signInByPasskey } from "../../lib/http/passkeys.ts";
import { endSecondStep, waitingSignIn, waitingTicket } from "../../lib/http/second_step.ts";
import { clientOf, nextPath } from "../../lib/http/session.ts";
import { type Ctx, define } from "../../lib/http/state.ts";
import { shownPasskey } from "../../lib/protocol/passkeys.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { withNext } from "../../lib/ui/pages/LoginPage.tsx";
import { PasskeyPage, type PasskeyPageProps } from "../../lib/ui/pages/PasskeyPage.tsx";
import { PlainDocument } from "../(_parts)/PlainDocument.tsx";

type Data = Omit<PasskeyPageProps, "language">;

export const handler = define.handlers({
  async GET(ctx) {
    const next = nextPath(ctx.url.searchParams.get("next"));
    if (ctx.state.caller !== null) return ctx.redirect(next);
    const second = ctx.url.searchParams.get("second") !== null;
    if (second && await waitingSignIn(ctx) === null) return ctx.redirect(withNext("/login", next));
    return page<Data>(await dataOf(ctx, next, second));
  },

  async POST(ctx) {
    let second = false;
    const answer = await openByForm<typeof shownPasskey, Data>(ctx, (form) => {
      second = isSecond(form);
      const ticket = second ? waitingTicket(ctx) ?? "" : undefined;
      return {
        schema: shownPasskey,
        open: (ctx, passkey) => signInByPasskey(ctx, passkey, ticket),
      };
    }, { fields: (form) => jsonIn(form.get("passkey") ?? ""), refused });
    return second && answer instanceof Response ? endSecondStep(ctx, answer) : answer;
  },
});

function isSecond(form: URLSearchParams): boolean {
  return form.get("second") !== null;
}

/** Where the password's step has ended meanwhile, a passkey alone is asked for. */
async function dataOf(ctx: Ctx, next: string, asked: boolean): Promise<Data> {
  const waiting = asked ? await waitingSignIn(ctx) : null;
  const second = waiting !== null;
  const ticket = second ? waitingTicket(ctx) ?? undefined : undefined;
  const site = passkeySiteOf(ctx);
  const { shown } = await ctx.state.services.auth.passkeys();
  return {
    next,
    second,
    otherFactor: waiting?.methods.some((method) => method !== "passkey") ?? false,
    options: site && await shown.optionsToSignIn(ticket, site, clientOf(ctx)),
  };
}

async function refused(ctx: Ctx, { error, form, next }: RefusedForm): Promise<Data> {
  return { ...await dataOf(ctx, next, isSecond(form)), error: error.code };
}

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).passkeys.loginTitle}
    entry={PASSKEYS_ENTRY}
  >
    <PasskeyPage language={state.language} {...data} />
  </PlainDocument>
));
