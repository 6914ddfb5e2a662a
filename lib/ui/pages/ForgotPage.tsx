/** "Forgot your password?": asks for a letter, or says who helps where no mail is sent. */
import type { Language } from "../../protocol/accounts.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import { pageWords } from "../catalogue/pages.ts";
import { fieldSentences, type RefusedField } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import { AuthFrame } from "./AuthFrame.tsx";

export interface ForgotPageProps {
  language: Language;
  sendsMail: boolean;
  /** A letter was asked for: the page says the same whether one will come. */
  asked: boolean;
  name?: string | undefined;
  error?: ErrorCode | undefined;
  errors?: readonly RefusedField[] | undefined;
}

export function ForgotPage(props: ForgotPageProps) {
  const words = pageWords(props.language);
  const { sendsMail, asked } = props;
  const { recovery } = words;
  return (
    <AuthFrame
      title={asked && sendsMail ? recovery.askedTitle : recovery.forgotTitle}
      lead={!sendsMail ? recovery.noMail : asked ? recovery.asked : recovery.forgotLead}
    >
      {sendsMail && asked && (
        <>
          <p class="form-note" role="status">{recovery.askedHint}</p>
          <p class="auth-other">
            <a href="/forgot">{recovery.askAgain}</a>
          </p>
        </>
      )}
      {sendsMail && !asked && <ForgotForm {...props} />}
      <p class="auth-other">
        <a href="/login">{recovery.backToLogin}</a>
      </p>
    </AuthFrame>
  );
}

function ForgotForm({ language, name = "", error, errors }: ForgotPageProps) {
  const words = pageWords(language);
  const sentences = fieldSentences(words, errors ?? [], ["name"]);
  return (
    <form method="post" action="/forgot" class="auth-form" noValidate>
      {error && (
        <p class="form-error" role="alert">
          {sentences === null ? words.errors[error] : words.accounts.checkFields}
        </p>
      )}
      <Field
        id="name"
        label={words.recovery.name}
        error={sentences?.name}
        input={{
          name: "name",
          value: name,
          required: true,
          maxlength: 256,
          autocomplete: "username",
          autocapitalize: "none",
          spellcheck: false,
          autofocus: true,
        }}
      />
      <button type="submit" class="button primary wide">{words.recovery.ask}</button>
    </form>
  );
}
