/** The page to make an account: a plain form that works without a script. */
import type { ErrorCode } from "../../protocol/codes.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Language } from "../../protocol/objects.ts";
import { type Catalogue, catalogue } from "../catalogue/catalogue.ts";
import { Field } from "../parts/Field.tsx";
import { AuthFrame } from "./AuthFrame.tsx";
import { withNext } from "./LoginPage.tsx";

export type SignupField = "username" | "displayName" | "password" | "invite";

export interface SignupPageProps {
  language: Language;
  /** The path on this site to go to afterwards; the route checks that it is one. */
  next?: string | undefined;
  /** What was typed, after a failure; never the password. */
  values?: Partial<Record<Exclude<SignupField, "password">, string>> | undefined;
  error?: ErrorCode | undefined;
  /** With `invalid`: the paths that the schema refused. */
  invalid?: readonly string[] | undefined;
  /** Whether an invitation is asked for. */
  invite?: boolean | undefined;
  /** Whether an account can be made here; true unless told. */
  open?: boolean | undefined;
  /** Nobody has an account here yet: this one becomes the owner's. */
  first?: boolean | undefined;
  /** The form was shown as the first account's, and somebody was faster. */
  late?: boolean | undefined;
}

export function SignupPage({ open = true, ...props }: SignupPageProps) {
  const words = catalogue(props.language);
  const { first = false, next = "/" } = props;
  return (
    <AuthFrame
      brand={words.brand}
      title={first ? words.auth.firstTitle : words.auth.signupTitle}
      lead={!open ? undefined : first ? words.auth.firstLead : words.auth.signupLead}
    >
      {open
        ? <SignupForm {...props} />
        : <p class="form-error" role="alert">{words.auth.closed}</p>}
      {!first && (
        <p class="auth-other">
          {words.auth.haveAccount} <a href={withNext("/login", next)}>{words.auth.login}</a>
        </p>
      )}
    </AuthFrame>
  );
}

function SignupForm(
  { language, next = "/", values = {}, error, invalid = [], invite = false, first, late }: Omit<
    SignupPageProps,
    "open"
  >,
) {
  const words = catalogue(language);
  const errors = fieldErrors(words, error, invalid);
  const general = late ? words.auth.notFirst : error && formError(words, error, errors);
  return (
    <form method="post" action="/signup" class="auth-form">
      <input type="hidden" name="next" value={next} />
      {first && <input type="hidden" name="first" value="1" />}
      {general && <p class="form-error" role="alert">{general}</p>}
      <Field
        id="username"
        label={words.auth.username}
        hint={words.auth.usernameHint(LIMITS.usernameMin, LIMITS.usernameMax)}
        error={errors.username}
        input={{
          name: "username",
          value: values.username ?? "",
          required: true,
          minlength: LIMITS.usernameMin,
          maxlength: LIMITS.usernameMax,
          autocomplete: "username",
          autocapitalize: "none",
          spellcheck: false,
          autofocus: true,
        }}
      />
      <Field
        id="displayName"
        label={`${words.auth.displayName} (${words.common.optional})`}
        hint={words.auth.displayNameHint}
        error={errors.displayName}
        input={{
          name: "displayName",
          value: values.displayName ?? "",
          maxlength: LIMITS.displayNameLength,
          autocomplete: "name",
        }}
      />
      <Field
        id="password"
        label={words.auth.password}
        hint={words.auth.passwordHint(LIMITS.passwordMin)}
        error={errors.password}
        input={{
          type: "password",
          name: "password",
          required: true,
          minlength: LIMITS.passwordMin,
          maxlength: LIMITS.passwordMax,
          autocomplete: "new-password",
        }}
      />
      {invite && (
        <Field
          id="invite"
          label={words.auth.invite}
          error={errors.invite}
          input={{
            name: "invite",
            value: values.invite ?? "",
            required: true,
            maxlength: 128,
            autocomplete: "off",
          }}
        />
      )}
      <button type="submit" class="button primary wide">{words.auth.signup}</button>
    </form>
  );
}

type FieldErrors = Partial<Record<SignupField, string>>;

/** Each field's own sentence: the server's are in English and made for programs. */
function fieldErrors(
  words: Catalogue,
  error: ErrorCode | undefined,
  invalid: readonly string[],
): FieldErrors {
  if (error === "conflict") return { username: words.auth.taken };
  const sentences: Record<SignupField, string> = {
    username: words.auth.badUsername(LIMITS.usernameMin, LIMITS.usernameMax),
    displayName: words.auth.badDisplayName(LIMITS.displayNameLength),
    password: words.auth.badPassword(LIMITS.passwordMin, LIMITS.passwordMax),
    invite: words.auth.badInvite,
  };
  const errors: FieldErrors = {};
  for (const name of Object.keys(sentences) as SignupField[]) {
    if (invalid.includes(name)) errors[name] = sentences[name];
  }
  return errors;
}

function formError(words: Catalogue, error: ErrorCode, fields: FieldErrors): string {
  if (Object.keys(fields).length > 0) return words.auth.checkFields;
  return error === "forbidden" ? words.auth.closed : words.errors[error];
}
