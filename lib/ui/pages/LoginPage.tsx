/** The page to log in: a plain form that works without a script. */
import type { ErrorCode, SessionEnd } from "../../protocol/codes.ts";
import { PASSWORD, unitsOf } from "../../protocol/names.ts";
import type { Language } from "../../protocol/accounts.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { Field } from "../parts/Field.tsx";
import { AuthFrame } from "./AuthFrame.tsx";
import { SignOnLinks, SignOnProblem, type SignOnShown } from "./SignOnLinks.tsx";

export interface LoginPageProps {
  language: Language;
  /** The path on this site to go to afterwards; the route checks that it is on this site. */
  next?: string | undefined;
  /** Why the reader is no longer signed in; "unknown" if the reason is not known. */
  ended?: SessionEnd | "unknown" | undefined;
  /** The name as it was typed, after a failure; or the name whose session ended. */
  username?: string | undefined;
  error?: ErrorCode | undefined;
  /** How a request to join stands, for whoever has asked and knows the password. */
  asked?: "waiting" | "refused" | undefined;
  /** The fields that were left empty. */
  missing?: readonly ("username" | "password")[] | undefined;
  /** The providers by which one may come in; none unless told. */
  signOn?: SignOnShown | undefined;
  /** The password is asked for, also where most people come in by a provider alone. */
  byPassword?: boolean | undefined;
  /** Whether an account can be made here, or asked for; true unless told. */
  signup?: boolean | "ask" | undefined;
  /** Browsers make passkeys for this site. */
  passkeys?: boolean | undefined;
}

export function LoginPage(page: LoginPageProps) {
  const { signOn = NO_SIGN_ON, byPassword = true, passkeys = false } = page;
  const { language, next = "/", ended, signup = true } = page;
  const words = pageWords(language);
  return (
    <AuthFrame
      title={words.accounts.loginTitle}
      lead={words.accounts.loginLead}
    >
      {ended && <p class="form-note" role="status">{words.accounts.ended[ended]}</p>}
      <SignOnProblem words={words} signOn={signOn} />
      {byPassword && <PasswordForm words={words} {...page} />}
      {byPassword && passkeys && <ToPasskey words={words} next={next} />}
      {byPassword && <ToForgot words={words} />}
      <SignOnLinks words={words} signOn={signOn} next={next} below={byPassword} />
      {!byPassword && (
        <p class="auth-other">
          <a href={withPassword(next)}>{words.signOn.usePassword}</a>
        </p>
      )}
      {byPassword && signup && (
        <p class="auth-other">
          {words.accounts.noAccount}{" "}
          <a href={withNext("/signup", next)}>
            {signup === "ask" ? words.asking.ask : words.accounts.signup}
          </a>
        </p>
      )}
    </AuthFrame>
  );
}

const NO_SIGN_ON: SignOnShown = { providers: [], only: false, problem: null, provider: null };

/** A page of its own: a passkey needs a script, and this one has none. */
function ToPasskey({ words, next }: { words: PageWords; next: string }) {
  return (
    <p class="auth-other">
      <a href={withNext("/login/passkey", next)}>{words.passkeys.signIn}</a>
    </p>
  );
}

function ToForgot({ words }: { words: PageWords }) {
  return (
    <p class="auth-other">
      <a href="/forgot">{words.recovery.forgot}</a>
    </p>
  );
}

interface RefusalProps extends Pick<LoginPageProps, "asked" | "signOn"> {
  words: PageWords;
  error: ErrorCode;
  missing: readonly string[];
}

function Refusal({ words, error, asked, missing, signOn }: RefusalProps) {
  return (
    <p class="form-error" role="alert" id="form-error">
      {asked
        ? words.asking[asked]
        : missing.length > 0
        ? words.accounts.checkFields
        : signOn?.only && error === "forbidden"
        ? words.signOn.ownerOnly
        : sentence(words, error)}
    </p>
  );
}

function PasswordForm(
  { words, next = "/", username = "", error, asked, missing = [], signOn }: LoginPageProps & {
    words: PageWords;
  },
) {
  return (
    <form method="post" action="/login" class="auth-form" noValidate>
      <input type="hidden" name="next" value={next} />
      {error && (
        <Refusal words={words} error={error} asked={asked} missing={missing} signOn={signOn} />
      )}
      <Field
        id="username"
        label={words.accounts.username}
        error={missing.includes("username") ? words.fields.missing : undefined}
        input={{
          name: "username",
          value: username,
          required: true,
          maxlength: 256,
          autocomplete: "username",
          autocapitalize: "none",
          spellcheck: false,
          autofocus: username === "",
        }}
      />
      <Field
        id="password"
        label={words.accounts.password}
        error={missing.includes("password") ? words.fields.missing : undefined}
        input={{
          type: "password",
          name: "password",
          required: true,
          maxlength: unitsOf(PASSWORD),
          autocomplete: "current-password",
          autofocus: username !== "",
        }}
      />
      <button type="submit" class="button primary wide">{words.accounts.login}</button>
    </form>
  );
}

function sentence(words: PageWords, error: ErrorCode): string {
  // Only to whoever knew the password.
  if (error === "forbidden") return words.accounts.ended.disabled;
  return error === "unauthenticated" || error === "invalid"
    ? words.accounts.wrong
    : words.errors[error];
}

/** The other page, with the way on kept. */
export function withNext(path: string, next: string): string {
  return next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** The login page with its form, where it shows the providers alone. */
function withPassword(next: string): string {
  return `/login?way=password${next === "/" ? "" : `&next=${encodeURIComponent(next)}`}`;
}
