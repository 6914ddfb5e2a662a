/** The page for what is not there or did not work: one sentence, one way back. */
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Language } from "../../protocol/objects.ts";
import { catalogue } from "../catalogue/catalogue.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export interface ErrorPageProps {
  language: Language;
  code: ErrorCode;
}

export function ErrorPage({ language, code }: ErrorPageProps) {
  const words = catalogue(language);
  const { notFoundTitle, errorTitle, back } = words.page;
  return (
    <AuthFrame
      brand={words.brand}
      title={code === "not_found" ? notFoundTitle : errorTitle}
      lead={words.errors[code]}
    >
      <a class="button primary wide" href="/">{back}</a>
    </AuthFrame>
  );
}
