/** What newcomers read first, and the way on into the chat. Works without a script. */
import type { Language } from "../../protocol/accounts.ts";
import { pageWords } from "../catalogue/pages.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export interface WelcomePageProps {
  language: Language;
  /** Its lines are kept. */
  text: string;
  /** Where the way leads on; the route checks that it is on this site. */
  next: string;
}

export function WelcomePage({ language, text, next }: WelcomePageProps) {
  const words = pageWords(language);
  return (
    <AuthFrame title={words.workspace.welcome.title}>
      <p class="auth-text" dir="auto">{text}</p>
      <a class="button primary wide" href={next} autofocus>{words.workspace.welcome.on}</a>
    </AuthFrame>
  );
}
