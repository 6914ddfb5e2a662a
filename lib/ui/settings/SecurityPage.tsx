/** `/settings/security`: the password, and the devices that are signed in. */
import { PASSWORD, unitsOf } from "../../protocol/names.ts";
import type { Session } from "../../protocol/sessions.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { pageWords } from "../catalogue/pages.ts";
import { fieldSentences } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import { Devices } from "./Devices.tsx";
import { settingsPath, type SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface SecurityPageProps extends SettingsProps {
  sessions: readonly Session[];
  news?: readonly number[];
  near?: readonly number[];
  now: Timestamp;
}

export function SecurityPage({ sessions, news = [], near = [], now, ...page }: SecurityPageProps) {
  const words = pageWords(page.language);
  return (
    <SettingsFrame section="security" {...page}>
      <section class="settings-part" aria-labelledby="password-title">
        <h2 id="password-title">{words.settings.password}</h2>
        <Password {...page} />
      </section>
      <section class="settings-part" aria-labelledby="devices-title">
        <h2 id="devices-title">{words.settings.sessions}</h2>
        <Devices sessions={sessions} news={news} near={near} now={now} page={page} />
        <p>
          <a class="button" href={settingsPath("phone", page.room)}>
            {words.settings.sections.phone}
          </a>
        </p>
      </section>
    </SettingsFrame>
  );
}

/** Sent by the browser itself, with the username beside it: so its password manager follows. */
function Password(page: SettingsProps) {
  const words = pageWords(page.language);
  const errors = fieldSentences(words, page.errors ?? [], ["current", "password"]) ?? {};
  return (
    <SettingsForm section="security" id="password" page={page}>
      <input
        type="text"
        name="username"
        autocomplete="username"
        value={page.me.username}
        hidden
        readOnly
      />
      <Field
        id="current"
        label={words.settings.current}
        error={errors.current}
        input={{
          type: "password",
          name: "current",
          required: true,
          autocomplete: "current-password",
          autofocus: errors.current !== undefined,
        }}
      />
      <Field
        id="next"
        label={words.settings.next}
        hint={words.settings.passwordHint(PASSWORD.min)}
        error={errors.password}
        input={{
          type: "password",
          name: "password",
          required: true,
          maxlength: unitsOf(PASSWORD),
          autocomplete: "new-password",
          autofocus: errors.current === undefined && errors.password !== undefined,
        }}
      />
      <p class="hint">{words.settings.changeHint}</p>
      <div>
        <button type="submit" class="button primary">{words.settings.change}</button>
      </div>
    </SettingsForm>
  );
}
