/** `/login`: a form that works without a script. */
import { page, type PageProps } from "fresh";
import { keptPage } from "../lib/http/answer_kept.ts";
import { LOGIN, openByForm, type RefusedForm } from "../lib/http/opening.ts";
import { passkeySiteOf } from "../lib/http/passkeys.ts";
import { enterByProxy, namedByProxy } from "../lib/http/proxy_door.ts";
import { forgetFarewell, signOnShown, takeFarewell } from "../lib/http/sign_on.ts";
import { nextPath } from "../lib/http/session.ts";
import { type Ctx, define, type State } from "../lib/http/state.ts";
import { isSessionEnd } from "../lib/protocol/codes.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { showOnward } from "./(_parts)/onward.tsx";
import { LoginPage, type LoginPageProps, withNext } from "../lib/ui/pages/LoginPage.tsx";
import { PlainDocument } from "./(_parts)/PlainDocument.tsx";

type Data = Omit<LoginPageProps, "language">;

export const handler = define.handlers({
  async GET(ctx) {
    const next = nextPath(ctx.url.searchParams.get("next"));
    if (ctx.state.caller !== null) return ctx.redirect(next);
    // Nobody can log in yet: the person who set the server up makes the first account.
    if (await ctx.state.services.auth.isNew()) return ctx.redirect(withNext("/signup", next));
    const away = await takeFarewell(ctx);
    if (away !== null) {
      return forgetFarewell(ctx, await showOnward(ctx, { kind: "logout", ...away }));
    }
    const named = namedByProxy(ctx);
    if (named !== null && !ctx.url.searchParams.has("problem")) {
      return await enterByProxy(ctx, named, next);
    }
    const signup = await signupOf(ctx);
    const { ended } = ctx.state;
    const signOn = signOnShown(ctx);
    const byPassword = !signOn.only || ctx.url.searchParams.get("way") === "password";
    const passkeys = passkeySiteOf(ctx) !== null;
    const shown = { next, signup, signOn, byPassword, passkeys, ended: reasonOf(ctx) };
    // Whose session has ended is told to their browser alone.
    if (ended !== null) return page<Data>({ ...shown, username: ended.username });
    return await keptPage(ctx, shown, () => ctx.render(<Login {...ctx.props<Data>(shown)} />));
  },

  POST: (ctx) => openByForm<typeof LOGIN.schema, Data>(ctx, () => LOGIN, { fields, refused }),
});

function fields(form: URLSearchParams) {
  return { username: form.get("username") ?? "", password: form.get("password") ?? "" };
}

async function refused(ctx: Ctx, { error, form, isRead, next }: RefusedForm): Promise<Data> {
  const { username, password } = fields(form);
  const missing = !isRead ? [] : [
    ...(username.trim() === "" ? ["username" as const] : []),
    ...(password === "" ? ["password" as const] : []),
  ];
  const asked = (["waiting", "refused"] as const)
    .find((state) => error.errors?.some(({ reason }) => reason === state));
  const [signup, passkeys] = [await signupOf(ctx), passkeySiteOf(ctx) !== null];
  const signOn = signOnShown(ctx);
  return { next, username, error: error.code, asked, missing, signup, signOn, passkeys };
}

/** Whether somebody new may make an account here, or ask for one. */
async function signupOf({ state: { services } }: Ctx): Promise<Data["signup"]> {
  if (services.workspace.get("signup") === "ask") return "ask";
  return services.workspace.get("signup") === "invite" || await services.auth.mayOpenAccount();
}

/** Why somebody who was signed in comes here: their page says it, or else their cookie shows it. */
function reasonOf(ctx: Ctx): LoginPageProps["ended"] {
  const said = ctx.url.searchParams.get("reason");
  if (said === "unknown" || isSessionEnd(said)) return said;
  return ctx.state.ended?.reason;
}

function Login({ data, state }: PageProps<Data, State>) {
  return (
    <PlainDocument
      state={state}
      title={pageWords(state.language).accounts.loginTitle}
    >
      <LoginPage language={state.language} {...data} />
    </PlainDocument>
  );
}

export default define.page<typeof handler>(Login);
