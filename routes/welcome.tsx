/** `/welcome`: what staff have written for newcomers, between the sign-up and the chat. */
import { page } from "fresh";
import { PLAIN_STYLES, toLogin } from "../lib/http/pages.ts";
import { nextPath } from "../lib/http/session.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { Document } from "../lib/ui/pages/Document.tsx";
import { WelcomePage, type WelcomePageProps } from "../lib/ui/pages/WelcomePage.tsx";

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
  <Document
    language={state.language}
    theme={state.caller?.user.theme ?? "system"}
    title={pageWords(state.language).workspace.welcome.title}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
  >
    <WelcomePage language={state.language} {...data} />
  </Document>
));
