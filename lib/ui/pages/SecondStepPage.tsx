/** `/login/second`: the second step of the login, a plain form that works without a script. */
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Language } from "../../protocol/accounts.ts";
import type { SecondFactor } from "../../protocol/ways_in.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { Field } from "../parts/Field.tsx";
import { AuthFrame } from "./AuthFrame.tsx";
import { withNext } from "./LoginPage.tsx";

export interface SecondStepPageProps {
  language: Language;
  /** The path on this site to go to afterwards. */
  next: string;
  /** What the account has; empty once the sign-in has ended. */
  methods: readonly SecondFactor[];
  /** A recovery code is asked for. */
  recovery: boolean;
  /** What is wrong with the code. */
  fault?: "missing" | "wrong" | undefined;
  /** Why it was refused otherwise. */
  error?: ErrorCode | undefined;
}

export function SecondStepPage(page: SecondStepPageProps) {
  const words = pageWords(page.language);
  const own = words.secondFactor;
  const isOver = page.methods.length === 0;
  return (
    <AuthFrame title={own.title} lead={isOver ? undefined : own.lead}>
      {isOver ? <Over words={words} page={page} /> : <Code words={words} page={page} />}
    </AuthFrame>
  );
}

interface PartProps {
  words: PageWords;
  page: SecondStepPageProps;
}

/** The whole login again: the password was right some time ago. */
function Over({ words, page: { next } }: PartProps) {
  return (
    <>
      <p class="form-error" role="alert">{words.secondFactor.expired}</p>
      <p class="auth-other">
        <a class="button primary wide" href={withNext("/login", next)}>
          {words.secondFactor.again}
        </a>
      </p>
    </>
  );
}

function Code({ words, page }: PartProps) {
  const { next, methods, fault, error } = page;
  const own = words.secondFactor;
  const recovery = page.recovery || !methods.includes("totp");
  const other = recovery ? "totp" : "recovery";
  return (
    <>
      {(methods.includes("totp") || methods.includes("recovery")) && (
        <form method="post" action={addressOf(next, recovery)} class="auth-form" noValidate>
          <input type="hidden" name="next" value={next} />
          {error && <p class="form-error" role="alert">{words.errors[error]}</p>}
          <Field
            id="code"
            label={recovery ? own.recovery : own.code}
            hint={recovery ? own.recoveryHint : own.codeHint}
            error={fault === undefined
              ? undefined
              : fault === "missing"
              ? words.fields.missing
              : own.wrong}
            input={{
              name: "code",
              required: true,
              maxlength: 64,
              autofocus: true,
              autocapitalize: "none",
              spellcheck: false,
              ...(recovery
                ? { autocomplete: "off" }
                : { autocomplete: "one-time-code", inputmode: "numeric" }),
            }}
          />
          <button type="submit" class="button primary wide">{own.submit}</button>
        </form>
      )}
      {methods.includes(other) && (
        <p class="auth-other">
          <a href={addressOf(next, !recovery)}>{recovery ? own.useApp : own.useRecovery}</a>
        </p>
      )}
      {methods.includes("passkey") && (
        <p class="auth-other">
          <a href={passkeyAddress(next)}>{words.passkeys.useIt}</a>
        </p>
      )}
      {recovery && <p class="auth-other">{own.lost}</p>}
    </>
  );
}

function addressOf(next: string, recovery: boolean): string {
  const query = new URLSearchParams(recovery ? { with: "recovery" } : {});
  if (next !== "/") query.set("next", next);
  return `/login/second${query.size === 0 ? "" : `?${query}`}`;
}

/** The passkey's step, which needs a script and so is a page of its own. */
export function passkeyAddress(next: string): string {
  const query = next === "/" ? "" : `&next=${encodeURIComponent(next)}`;
  return `/login/passkey?second=yes${query}`;
}
