/** `/welcome`: what staff have written for newcomers, between the sign-up and the chat. */
import { page } from "fresh";
import { toLogin } from "../lib/http/pages.ts";
import { nextPath } from "../lib/http/session.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { WelcomePage, type WelcomePageProps } from "../lib/ui/pages/WelcomePage.tsx";
import { PlainDocument } from "./(_parts)/PlainDocument.tsx";

export const handler = define.handlers({
  GET(ctx) {
    if (ctx.state.caller === null) return toLogin(ctx);
    const next = nextPath(ctx.url.searchParams.get("next"));
    const text = ctx.state.services.workspace.get("welcomeText");
    if (text === "") return ctx.redirect(next);
    return page<Omit<WelcomePageProps, "language">>({ text, next });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).workspace.welcome.title}
  >
    <WelcomePage language={state.language} {...data} />
  </PlainDocument>
));
