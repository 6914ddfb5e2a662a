/** The page of a letter's link that proves an e-mail address: one button, without a script. */
import type { Language } from "../../protocol/accounts.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import { pageWords } from "../catalogue/pages.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export interface EmailProofPageProps {
  language: Language;
  proof: { username: string; address: string } | null;
  done: boolean;
  error?: ErrorCode | undefined;
}

export function EmailProofPage({ language, proof, done, error }: EmailProofPageProps) {
  const words = pageWords(language);
  const { emails } = words;
  if (proof === null) {
    const taken = error === "conflict";
    const gone = error === undefined || error === "not_found";
    return (
      <AuthFrame
        title={gone ? words.recovery.goneTitle : emails.failedTitle}
        lead={gone ? emails.gone : taken ? emails.taken : words.errors[error]}
      >
        <a class="button primary wide" href="/">{words.common.back}</a>
      </AuthFrame>
    );
  }
  const { address, username } = proof;
  if (done) {
    return (
      <AuthFrame title={emails.doneTitle} lead={emails.done(address, username)}>
        <a class="button primary wide" href="/">{words.common.back}</a>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={emails.proofTitle} lead={emails.proof(address, username)}>
      <form method="post" class="auth-form">
        <button type="submit" class="button primary wide" autofocus>{emails.confirm}</button>
        <p class="hint">{emails.notMine}</p>
      </form>
    </AuthFrame>
  );
}
