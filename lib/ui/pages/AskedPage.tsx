/** The page for whoever has asked to join: what happens next. */
import type { Language } from "../../protocol/accounts.ts";
import { usernameFault } from "../../protocol/names.ts";
import { pageWords } from "../catalogue/pages.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export interface AskedPageProps {
  language: Language;
  /** From the address: shown only if it is one. */
  username: string;
}

export function AskedPage({ language, username }: AskedPageProps) {
  const words = pageWords(language);
  const name = usernameFault(username) === null ? username : "…";
  return (
    <AuthFrame
      title={words.asking.sentTitle}
      lead={words.asking.sent(name)}
    >
      <a class="button primary wide" href="/login">{words.accounts.login}</a>
    </AuthFrame>
  );
}
