/** The page to make an account: a plain form that works without a script. */
import type { ErrorCode } from "../../protocol/codes.ts";
import { INVITE_TEXT } from "../../protocol/invite_codes.ts";
import { DISPLAY_NAME, PASSWORD, unitsOf, USERNAME } from "../../protocol/names.ts";
import type { Language } from "../../protocol/accounts.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { type FieldSentences, fieldSentences, type RefusedField } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import { AuthFrame } from "./AuthFrame.tsx";
import { SignOnLinks, type SignOnShown } from "./SignOnLinks.tsx";
import { withNext } from "./LoginPage.tsx";
import { NoteField } from "./NoteField.tsx";

const FIELDS = ["username", "displayName", "password", "invite", "note"] as const;
export type SignupField = (typeof FIELDS)[number];

export interface SignupPageProps {
  language: Language;
  /** The path on this site to go to afterwards; the route checks that it is on this site. */
  next?: string | undefined;
  /** What was typed, after a failure; never the password. */
  values?: Partial<Record<Exclude<SignupField, "password">, string>> | undefined;
  error?: ErrorCode | undefined;
  /** Which fields were the cause, and why. */
  errors?: readonly RefusedField[] | undefined;
  /** Whether an invitation is required. */
  invite?: boolean | undefined;
  /** The invitation that its reader came with. */
  invitation?: { code: string; invitedBy: string; place: string } | undefined;
  /** Whether an account can be made here; true unless told. */
  open?: boolean | undefined;
  /** Whether staff must let people in. */
  ask?: boolean | undefined;
  /** They came with an invitation that lets nobody in. */
  gone?: boolean | undefined;
  /** Nobody has an account here yet: this one becomes the owner. */
  first?: boolean | undefined;
  /** The providers by which one may come in; none unless told. */
  signOn?: Pick<SignOnShown, "providers" | "only"> | undefined;
  /** The form was shown as the first account's, and somebody was faster. */
  late?: boolean | undefined;
}

export function SignupPage({ open = true, gone = false, ...props }: SignupPageProps) {
  const words = pageWords(props.language);
  const { first = false, next = "/" } = props;
  return (
    <AuthFrame
      title={signupTitle(props.language, { ...props, gone })}
      lead={gone ? words.invitation.gone : open ? leadOf(words, props) : undefined}
    >
      {gone
        ? open && <OtherWay words={words} />
        : open
        ? <Ways words={words} {...props} />
        : <p class="form-error" role="alert">{words.accounts.closed}</p>}
      {!first && (
        <p class="auth-other">
          {words.accounts.haveAccount} <a href={withNext("/login", next)}>{words.accounts.login}</a>
        </p>
      )}
    </AuthFrame>
  );
}

/** A provider makes an account as well; where it is the only way, nothing else does. */
function Ways({ words, ...props }: Omit<SignupPageProps, "open" | "gone"> & { words: PageWords }) {
  const { first = false, signOn = { providers: [], only: false }, next = "/", invitation } = props;
  if (first) return <SignupForm {...props} />;
  const shown = { ...signOn, problem: null, provider: null };
  return (
    <>
      {!signOn.only && <SignupForm {...props} />}
      <SignOnLinks
        words={words}
        signOn={shown}
        next={next}
        invite={invitation?.code}
        below={!signOn.only}
      />
    </>
  );
}

/** The page's heading, and what its tab says. */
export function signupTitle(
  language: Language,
  { gone, first, ask }: Pick<SignupPageProps, "gone" | "first" | "ask">,
): string {
  const words = pageWords(language);
  if (gone) return words.invitation.goneTitle;
  if (first) return words.accounts.firstTitle;
  return ask ? words.asking.title : words.accounts.signupTitle;
}

function leadOf(words: PageWords, { first, invitation, invite, ask }: SignupPageProps): string {
  if (ask) return words.asking.lead;
  if (first) return words.accounts.firstLead;
  if (invitation) return words.invitation.formLead(invitation.invitedBy, invitation.place);
  return invite ? words.invitation.needed : words.accounts.signupLead;
}

function OtherWay({ words }: { words: PageWords }) {
  return (
    <div class="auth-form">
      <a class="button primary wide" href="/signup">{words.accounts.signup}</a>
    </div>
  );
}

function SignupForm({ language, next = "/", values = {}, ...props }: SignupPageProps) {
  const words = pageWords(language);
  const { error, errors: told = [], invite = false, invitation, first, late, ask } = props;
  const sentences = fieldSentences(words, told, FIELDS);
  const errors: FieldSentences = sentences ?? {};
  const general = late ? words.accounts.notFirst : error && formError(words, error, sentences);
  const focused = FIELDS.find((name) => errors[name] !== undefined) ?? "username";
  return (
    <form method="post" action="/signup" class="auth-form" noValidate>
      <input type="hidden" name="next" value={next} />
      {first && <input type="hidden" name="first" value="1" />}
      {invitation && <input type="hidden" name="invite" value={invitation.code} />}
      {general && <p class="form-error" role="alert">{general}</p>}
      <NameFields words={words} values={values} errors={errors} focused={focused} />
      <SecretFields
        words={words}
        values={values}
        errors={errors}
        focused={focused}
        invite={invite && !invitation}
      />
      {ask && <NoteField words={words} value={values.note ?? ""} error={errors.note} />}
      <button type="submit" class="button primary wide">
        {ask ? words.asking.submit : words.accounts.signup}
      </button>
    </form>
  );
}

interface FieldsProps {
  words: PageWords;
  values: NonNullable<SignupPageProps["values"]>;
  errors: FieldSentences;
  /** The first field with an error, otherwise the first field. */
  focused: SignupField;
}

function NameFields({ words, values, errors, focused }: FieldsProps) {
  return (
    <>
      <Field
        id="username"
        label={words.accounts.username}
        hint={words.accounts.usernameHint(USERNAME.min, USERNAME.max)}
        error={errors.username}
        input={{
          name: "username",
          value: values.username ?? "",
          required: true,
          maxlength: unitsOf(USERNAME),
          autocomplete: "username",
          autocapitalize: "none",
          spellcheck: false,
          autofocus: focused === "username",
        }}
      />
      <Field
        id="displayName"
        label={`${words.accounts.displayName} (${words.create.optional})`}
        hint={words.accounts.displayNameHint}
        error={errors.displayName}
        input={{
          name: "displayName",
          value: values.displayName ?? "",
          maxlength: unitsOf(DISPLAY_NAME),
          autofocus: focused === "displayName",
          autocomplete: "name",
        }}
      />
    </>
  );
}

function SecretFields(
  { words, values, errors, focused, invite }: FieldsProps & { invite: boolean },
) {
  return (
    <>
      <Field
        id="password"
        label={words.accounts.password}
        hint={words.settings.passwordHint(PASSWORD.min)}
        error={errors.password}
        input={{
          type: "password",
          name: "password",
          required: true,
          maxlength: unitsOf(PASSWORD),
          autofocus: focused === "password",
          autocomplete: "new-password",
        }}
      />
      {invite && (
        <Field
          id="invite"
          label={words.accounts.invite}
          hint={words.invitation.codeHint}
          error={errors.invite}
          input={{
            name: "invite",
            value: values.invite ?? "",
            required: true,
            maxlength: INVITE_TEXT,
            autofocus: focused === "invite",
            autocomplete: "off",
          }}
        />
      )}
    </>
  );
}

/** Closed signup gets its own message; what is wrong with fields is shown at the fields. */
function formError(words: PageWords, error: ErrorCode, sentences: FieldSentences | null): string {
  if (sentences !== null) return words.accounts.checkFields;
  return error === "forbidden" ? words.accounts.closed : words.errors[error];
}
