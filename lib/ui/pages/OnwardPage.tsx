/** Leads on to a provider: to link an account, or to sign out there too. */
import type { Language } from "../../protocol/accounts.ts";
import { pageWords } from "../catalogue/pages.ts";
import { AuthFrame } from "./AuthFrame.tsx";
import { withNext } from "./LoginPage.tsx";

export interface OnwardPageProps {
  language: Language;
  kind: "link" | "logout";
  provider: string;
  /** Where it leads; the answer's headers lead there by themselves. */
  href: string;
}

export function OnwardPage({ language, kind, provider, href }: OnwardPageProps) {
  const words = pageWords(language);
  return (
    <AuthFrame
      title={words.signOn.onwardTitle[kind](provider)}
      lead={words.signOn.onwardLead[kind]}
    >
      <a class="button primary wide" href={href} rel="noreferrer" autofocus>
        {words.signOn.onward}
      </a>
      <p class="auth-other">
        <a href={kind === "link" ? "/settings/connections" : withNext("/login", "/")}>
          {words.signOn.stay[kind]}
        </a>
      </p>
    </AuthFrame>
  );
}
