/** `/login/second`: the code that an account with a second factor is asked for. No script needed. */
import { page } from "fresh";
import { openByForm, type RefusedForm, SECOND } from "../../lib/http/opening.ts";
import { endSecondStep, waitingSignIn, waitingTicket } from "../../lib/http/second_step.ts";
import { nextPath } from "../../lib/http/session.ts";
import { type Ctx, define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { withNext } from "../../lib/ui/pages/LoginPage.tsx";
import { SecondStepPage, type SecondStepPageProps } from "../../lib/ui/pages/SecondStepPage.tsx";
import { PlainDocument } from "../(_parts)/PlainDocument.tsx";

type Data = Omit<SecondStepPageProps, "language">;

export const handler = define.handlers({
  async GET(ctx) {
    const next = nextPath(ctx.url.searchParams.get("next"));
    if (ctx.state.caller !== null) return ctx.redirect(next);
    const methods = (await waitingSignIn(ctx))?.methods ?? [];
    if (methods.length === 0) return ctx.redirect(withNext("/login", next));
    return page<Data>({ next, methods, recovery: asksRecovery(ctx) });
  },

  async POST(ctx) {
    const fields = (form: URLSearchParams) => ({
      ticket: waitingTicket(ctx) ?? "",
      // An empty field is missing, not a guess.
      code: form.get("code")?.trim() || undefined,
    });
    const answer = await openByForm<typeof SECOND.schema, Data>(ctx, () => SECOND, {
      fields,
      refused,
    });
    return answer instanceof Response ? endSecondStep(ctx, answer) : answer;
  },
});

function asksRecovery({ url }: Ctx): boolean {
  return url.searchParams.get("with") === "recovery";
}

async function refused(ctx: Ctx, { error, next }: RefusedForm): Promise<Data> {
  const methods = (await waitingSignIn(ctx))?.methods ?? [];
  const reason = error.errors?.find(({ path }) => path === "code")?.reason;
  return {
    next,
    methods,
    recovery: asksRecovery(ctx),
    ...(reason === undefined
      ? { error: error.code }
      : { fault: reason === "wrong" ? "wrong" : "missing" }),
  };
}

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).secondFactor.title}
  >
    <SecondStepPage language={state.language} {...data} />
  </PlainDocument>
));
