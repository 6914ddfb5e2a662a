/** `/login/passkey`: signing in with a passkey, alone or after the password. It needs a script. */
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Language } from "../../protocol/accounts.ts";
import type { RequestOptions } from "../../protocol/passkeys.ts";
import { pageWords } from "../catalogue/pages.ts";
import { PasskeyButton } from "../parts/PasskeyButton.tsx";
import { AuthFrame } from "./AuthFrame.tsx";
import { withNext } from "./LoginPage.tsx";

export interface PasskeyPageProps {
  language: Language;
  /** The path on this site to go to afterwards. */
  next: string;
  /** What the browser is asked for; null where it makes no passkeys for this site. */
  options: RequestOptions | null;
  /** It follows a password, and may be a code instead. */
  second: boolean;
  otherFactor: boolean;
  error?: ErrorCode | undefined;
}

export function PasskeyPage(
  { language, next, options, second, otherFactor, error }: PasskeyPageProps,
) {
  const words = pageWords(language);
  const own = words.passkeys;
  const sentence = error === undefined
    ? undefined
    : ["unauthenticated", "invalid"].includes(error)
    ? own.wrong
    : words.errors[error];
  return (
    <AuthFrame
      title={second ? own.secondTitle : own.loginTitle}
      lead={second ? own.secondLead : own.loginLead}
    >
      {options === null && <p class="form-error" role="alert">{own.impossible}</p>}
      {options !== null && (
        <form method="post" action="/login/passkey" class="auth-form">
          <input type="hidden" name="next" value={next} />
          {second && <input type="hidden" name="second" value="yes" />}
          <PasskeyButton
            words={words}
            ask={{ show: options }}
            name="passkey"
            label={own.show}
            class="button primary wide"
            start
            first
            error={sentence}
          />
        </form>
      )}
      {second && otherFactor && (
        <p class="auth-other">
          <a href={`${withNext("/login/second", next)}`}>{own.otherFactor}</a>
        </p>
      )}
      <p class="auth-other">
        <a href={withNext("/login", next)}>{own.withPassword}</a>
      </p>
    </AuthFrame>
  );
}
