/** `/settings/profile`: what others see of oneself. */
import { DISPLAY_NAME, unitsOf } from "../../protocol/names.ts";
import { pageWords } from "../catalogue/pages.ts";
import { fieldSentences } from "../field_errors.ts";
import { PictureForm } from "../avatars/PictureForm.tsx";
import { Field } from "../parts/Field.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface ProfilePageProps extends SettingsProps {
  /** As it was typed, after a refusal. */
  displayName?: string | undefined;
}

export function ProfilePage({ displayName, ...page }: ProfilePageProps) {
  const words = pageWords(page.language);
  const { me, errors = [] } = page;
  const error = fieldSentences(words, errors, ["displayName"])?.displayName;
  return (
    <SettingsFrame section="profile" {...page}>
      <SettingsForm
        section="profile"
        id="profile"
        page={page}
        unsaved={displayName !== undefined}
      >
        <Field
          id="displayName"
          label={words.settings.displayName}
          hint={words.settings.displayNameHint}
          error={error}
          input={{
            name: "displayName",
            value: displayName ?? me.displayName,
            required: true,
            maxlength: unitsOf(DISPLAY_NAME),
            autocomplete: "name",
            autofocus: error !== undefined,
          }}
        />
        <Field
          id="username"
          label={words.settings.username}
          hint={words.settings.usernameHint}
          input={{ value: me.username, readOnly: true, autocomplete: "off" }}
        />
        <label class="check">
          <input type="hidden" name="asksLocalTime" value="yes" />
          <input
            type="checkbox"
            name="showLocalTime"
            autocomplete="off"
            checked={me.showLocalTime}
          />
          <span>
            {words.settings.localTime}
            <span class="hint">{words.settings.localTimeHint}</span>
          </span>
        </label>
        <div>
          <button type="submit" class="button primary">{words.common.save}</button>
        </div>
      </SettingsForm>
      <PictureForm page={page} />
    </SettingsFrame>
  );
}
