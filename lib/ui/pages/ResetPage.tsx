/** The page of a link that sets a new password: a plain form that works without a script. */
import type { Language } from "../../protocol/accounts.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import { PASSWORD, unitsOf } from "../../protocol/names.ts";
import { pageWords } from "../catalogue/pages.ts";
import { fieldSentences, type RefusedField } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import { AuthFrame } from "./AuthFrame.tsx";

export interface ResetPageProps {
  language: Language;
  /** Whose password it is about; null where the link works no more. */
  username: string | null;
  error?: ErrorCode | undefined;
  errors?: readonly RefusedField[] | undefined;
}

export function ResetPage(props: ResetPageProps) {
  const words = pageWords(props.language);
  const { username, error } = props;
  const gone = username === null && (error === undefined || error === "not_found");
  return (
    <AuthFrame
      title={gone ? words.recovery.goneTitle : words.recovery.resetTitle}
      lead={gone
        ? words.recovery.gone
        : username === null
        ? undefined
        : words.recovery.resetLead(username)}
    >
      {username === null
        ? (
          <>
            {!gone && error && <p class="form-error" role="alert">{words.errors[error]}</p>}
            <a class="button primary wide" href="/login">{words.accounts.login}</a>
          </>
        )
        : <ResetForm {...props} username={username} />}
    </AuthFrame>
  );
}

/** Sent to the page's own address, which holds the link's secret and stands in no other place. */
function ResetForm({ language, username, error, errors }: ResetPageProps & { username: string }) {
  const words = pageWords(language);
  const sentences = fieldSentences(words, errors ?? [], ["password"]);
  return (
    <form method="post" class="auth-form" noValidate>
      {error && (
        <p class="form-error" role="alert">
          {sentences === null ? words.errors[error] : words.accounts.checkFields}
        </p>
      )}
      <input
        type="text"
        name="username"
        autocomplete="username"
        value={username}
        hidden
        readOnly
      />
      <Field
        id="password"
        label={words.settings.next}
        hint={words.settings.passwordHint(PASSWORD.min)}
        error={sentences?.password}
        input={{
          type: "password",
          name: "password",
          required: true,
          maxlength: unitsOf(PASSWORD),
          autocomplete: "new-password",
          autofocus: true,
        }}
      />
      <p class="hint">{words.recovery.resetHint}</p>
      <button type="submit" class="button primary wide">{words.recovery.resetSubmit}</button>
    </form>
  );
}
