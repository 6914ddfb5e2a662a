/**
 * `/confirm`: asks somebody who is signed in to show once more who they are, before something
 * dangerous is done. Plain forms, a proof each; the fields of the form that waits go along.
 */
import type { ConfirmMethod } from "../../protocol/confirming.ts";
import { PASSWORD, unitsOf } from "../../protocol/names.ts";
import type { RequestOptions } from "../../protocol/passkeys.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Language } from "../../protocol/accounts.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import type { RefusedField } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import { PasskeyButton } from "../parts/PasskeyButton.tsx";
import { Whose } from "../parts/Whose.tsx";
import { AuthFrame } from "./AuthFrame.tsx";

export interface ConfirmPageProps {
  language: Language;
  /** The form's address, with what it leads on to. */
  action: string;
  /** The page to go back to without confirming. */
  back: string;
  /** The form that waits, field by field. */
  waiting: readonly [string, string][];
  methods: readonly ConfirmMethod[];
  username: string;
  sessionId: number;
  instance: string;
  /** What a browser is asked for, where one may confirm with a passkey. */
  passkey?: RequestOptions | null | undefined;
  error?: ErrorCode | undefined;
  errors?: readonly RefusedField[] | undefined;
}

export function ConfirmPage(page: ConfirmPageProps) {
  const words = pageWords(page.language);
  const { methods, waiting, error, errors = [] } = page;
  return (
    <AuthFrame
      title={words.confirm.title}
      lead={waiting.length > 0 ? words.confirm.leadAct : words.confirm.lead}
    >
      {error && errors.length === 0 && <p class="form-error" role="alert">{words.errors[error]}</p>}
      {methods.length === 0 && <Again words={words} page={page} />}
      {methods.includes("password") && <Password words={words} page={page} />}
      {methods.includes("code") && (
        <Code words={words} page={page} alone={!methods.includes("password")} />
      )}
      {page.passkey && (
        <PasskeyProof
          words={words}
          page={page}
          options={page.passkey}
          alone={methods.length === 1}
        />
      )}
      <p class="auth-other">
        <a href={page.back}>{words.confirm.cancel}</a>
      </p>
    </AuthFrame>
  );
}

interface ProofProps {
  words: PageWords;
  page: ConfirmPageProps;
}

/** What every form here has besides its proof. */
function Waiting({ page }: { page: ConfirmPageProps }) {
  const isNamed = page.waiting.some(([name]) => name === "session");
  return (
    <>
      {!isNamed && <Whose sessionId={page.sessionId} instance={page.instance} />}
      {page.waiting.map(([name, value], index) => (
        <input key={index} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function faultAt({ errors = [] }: ConfirmPageProps, path: string) {
  return errors.find((each) => each.path === path)?.reason;
}

function Password({ words, page }: ProofProps) {
  const fault = faultAt(page, "password");
  return (
    <form method="post" action={page.action} class="auth-form" noValidate>
      <Waiting page={page} />
      <input
        type="text"
        name="confirm.username"
        autocomplete="username"
        value={page.username}
        hidden
        readOnly
      />
      <Field
        id="password"
        label={words.confirm.password(page.username)}
        error={fault === "wrong"
          ? words.confirm.wrongPassword
          : fault === undefined
          ? undefined
          : words.fields.missing}
        input={{
          type: "password",
          name: "confirm.password",
          required: true,
          maxlength: unitsOf(PASSWORD),
          autocomplete: "current-password",
          autofocus: faultAt(page, "code") === undefined,
        }}
      />
      <button type="submit" class="button primary wide">{words.confirm.submit}</button>
    </form>
  );
}

function Code({ words, page, alone }: ProofProps & { alone: boolean }) {
  const fault = faultAt(page, "code");
  return (
    <form method="post" action={page.action} class="auth-form" noValidate>
      <Waiting page={page} />
      <Field
        id="code"
        label={alone ? words.confirm.code : words.confirm.orCode}
        error={fault === "wrong"
          ? words.confirm.wrongCode
          : fault === undefined
          ? undefined
          : words.fields.missing}
        input={{
          name: "confirm.code",
          required: true,
          maxlength: 64,
          inputMode: "numeric",
          autocomplete: "one-time-code",
          autocapitalize: "none",
          spellcheck: false,
          autofocus: alone || fault !== undefined,
        }}
      />
      <button type="submit" class={alone ? "button primary wide" : "button wide"}>
        {words.confirm.submitCode}
      </button>
    </form>
  );
}

function PasskeyProof(
  { words, page, options, alone }: ProofProps & { options: RequestOptions; alone: boolean },
) {
  return (
    <form method="post" action={page.action} class="auth-form">
      <Waiting page={page} />
      <PasskeyButton
        words={words}
        ask={{ show: options }}
        name="confirm.passkey"
        label={alone ? words.passkeys.confirm : words.passkeys.orConfirm}
        class={alone ? "button primary wide" : "button wide"}
        first={alone}
        error={faultAt(page, "passkey") === undefined ? undefined : words.passkeys.wrong}
      />
    </form>
  );
}

/** An account that somebody else vouches for has nothing to confirm with: it signs in anew. */
function Again({ words, page }: ProofProps) {
  return (
    <form method="post" action="/api/logout" class="auth-form">
      <Whose sessionId={page.sessionId} instance={page.instance} />
      <p class="form-note">{words.confirm.again}</p>
      <button type="submit" class="button primary wide">{words.confirm.logout}</button>
    </form>
  );
}
