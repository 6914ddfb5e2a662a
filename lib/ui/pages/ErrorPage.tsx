/** The page for what does not exist or did not work: one sentence, one link back. */
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Language } from "../../protocol/accounts.ts";
import { pageWords } from "../catalogue/pages.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export interface ErrorPageProps {
  language: Language;
  code: ErrorCode;
}

export function ErrorPage({ language, code }: ErrorPageProps) {
  const words = pageWords(language);
  return (
    <AuthFrame
      title={errorTitle(language, code)}
      lead={words.errors[code]}
    >
      <a class="button primary wide" href="/">{words.common.back}</a>
    </AuthFrame>
  );
}

/** The page's heading, and what its tab says. */
export function errorTitle(language: Language, code: ErrorCode): string {
  const words = pageWords(language);
  return code === "not_found" ? words.page.notFoundTitle : words.page.errorTitle;
}
