/** `/settings/email`: where a lost password is found again. */
import type { MyEmail } from "../../protocol/emails.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { fieldSentences } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface EmailPageProps extends SettingsProps {
  email: MyEmail;
  /** As it was typed, after a refusal. */
  typed?: string | undefined;
}

export function EmailPage({ email, typed, ...page }: EmailPageProps) {
  const words = pageWords(page.language);
  const { address, pending, sendsMail } = email;
  return (
    <SettingsFrame section="email" {...page}>
      <p class="hint">{words.emails.lead}</p>
      {!sendsMail && <p class="form-note">{words.emails.noMail}</p>}
      {sendsMail && <AddressForm email={email} typed={typed} page={page} words={words} />}
      {(address !== null || pending !== null) && (
        <SettingsForm section="email" id="remove-email" page={page}>
          <div>
            <button type="submit" class="button">{words.emails.remove}</button>
          </div>
        </SettingsForm>
      )}
    </SettingsFrame>
  );
}

interface AddressFormProps {
  email: MyEmail;
  typed: string | undefined;
  page: SettingsProps;
  words: PageWords;
}

function AddressForm({ email: { address, pending }, typed, page, words }: AddressFormProps) {
  const error = fieldSentences(words, page.errors ?? [], ["address"])?.address;
  return (
    <SettingsForm section="email" id="email" page={page} unsaved={typed !== undefined}>
      <p>{address === null ? words.emails.none : words.emails.current(address)}</p>
      {pending !== null && (
        <p class="form-note">{words.emails.pending(pending)} {words.emails.pendingHint}</p>
      )}
      <Field
        id="address"
        label={words.emails.address}
        error={error}
        input={{
          // "text": browsers refuse addresses in other scripts, which are fine here.
          type: "text",
          inputMode: "email",
          name: "address",
          value: typed ?? pending ?? address ?? "",
          required: true,
          maxlength: 254,
          autocomplete: "email",
          autocapitalize: "none",
          spellcheck: false,
          autofocus: error !== undefined,
        }}
      />
      <div>
        <button type="submit" class="button primary">
          {pending === null ? words.emails.save : words.emails.again}
        </button>
      </div>
    </SettingsForm>
  );
}
