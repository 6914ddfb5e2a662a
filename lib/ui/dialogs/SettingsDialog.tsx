/** One's own settings: name, appearance, password, signed-in devices, the way out. */
import { useSignal } from "@preact/signals";
import { DISPLAY_NAME, PASSWORD, unitsOf } from "../../protocol/names.ts";
import type { Language, Theme } from "../../protocol/accounts.ts";
import { LANGUAGE_NAMES } from "../catalogue/catalogue.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { Field } from "../parts/Field.tsx";
import { attempt } from "../view.ts";
import { useDialogView } from "./dialog_view.ts";
import { SessionList } from "./SessionList.tsx";
import { useSubmission } from "./submit.ts";

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { words } = useDialogView();
  return (
    <Dialog title={words.settings.title} onClose={onClose}>
      <Profile />
      <Appearance />
      <Password />
      <SessionList />
      <Logout />
    </Dialog>
  );
}

function Profile() {
  const { words, state, actions } = useDialogView();
  const name = useSignal(state.me.value.displayName);
  const saved = useSignal(false);
  const submission = useSubmission(["displayName"]);
  const changed = name.value.trim() !== state.me.value.displayName && name.value.trim() !== "";
  async function submit(event: Event) {
    event.preventDefault();
    const displayName = name.value.trim();
    saved.value = await submission.run(() => actions.updateMe({ displayName }));
  }
  return (
    <section class="settings-section">
      <h3>{words.settings.profile}</h3>
      <form class="inline-form" onSubmit={submit} ref={submission.form} noValidate>
        <Field
          id="settings-name"
          label={words.settings.displayName}
          hint={saved.value && !changed ? words.common.saved : undefined}
          error={submission.errors.displayName ?? submission.error ?? undefined}
          input={{
            value: name.value,
            required: true,
            maxlength: unitsOf(DISPLAY_NAME),
            autocomplete: "name",
            onInput: (event) => name.value = event.currentTarget.value,
          }}
        />
        <button type="submit" class="button" disabled={!changed || submission.busy}>
          {words.common.save}
        </button>
      </form>
    </section>
  );
}

function Appearance() {
  const view = useDialogView();
  const { words, state, actions } = view;
  const me = state.me.value;
  return (
    <section class="settings-section">
      <h3>{words.settings.appearance}</h3>
      <div class="field-pair">
        <Choice
          id="settings-language"
          label={words.settings.language}
          value={me.language ?? ""}
          options={[["", words.settings.languageAuto], ...Object.entries(LANGUAGE_NAMES)]}
          onChange={(value) =>
            void attempt(view, () =>
              actions.updateMe({ language: value === "" ? null : value as Language }))}
        />
        <Choice
          id="settings-theme"
          label={words.settings.theme}
          value={me.theme}
          options={Object.entries(words.settings.themes)}
          onChange={(value) =>
            void attempt(view, () => actions.updateMe({ theme: value as Theme }))}
        />
      </div>
    </section>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: [value: string, label: string][];
  onChange: (value: string) => void;
}

function Choice({ id, label, value, options, onChange }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option} selected={option === value}>{name}</option>
        ))}
      </select>
    </div>
  );
}

function Password() {
  const { words, state, actions } = useDialogView();
  const current = useSignal("");
  const next = useSignal("");
  const changed = useSignal(false);
  const submission = useSubmission(["current", "password"]);
  async function submit(event: Event) {
    event.preventDefault();
    changed.value = await submission.run(() => actions.changePassword(current.value, next.value));
    if (changed.value) current.value = next.value = "";
  }
  return (
    <section class="settings-section">
      <h3>{words.settings.password}</h3>
      <form class="form" onSubmit={submit} ref={submission.form} noValidate>
        <input
          type="text"
          name="username"
          autocomplete="username"
          value={state.me.value.username}
          hidden
          readOnly
        />
        <div class="field-pair">
          <Field
            id="settings-current"
            label={words.settings.current}
            error={submission.errors.current}
            input={{
              type: "password",
              value: current.value,
              required: true,
              autocomplete: "current-password",
              onInput: (event) => current.value = event.currentTarget.value,
            }}
          />
          <Field
            id="settings-next"
            label={words.settings.next}
            hint={words.settings.passwordHint(PASSWORD.min)}
            error={submission.errors.password}
            input={{
              type: "password",
              value: next.value,
              required: true,
              maxlength: unitsOf(PASSWORD),
              autocomplete: "new-password",
              onInput: (event) => next.value = event.currentTarget.value,
            }}
          />
        </div>
        {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
        {changed.value && <p class="form-done" role="status">{words.settings.changed}</p>}
        <div>
          <button
            type="submit"
            class="button"
            disabled={submission.busy || current.value === "" || next.value === ""}
          >
            {words.settings.change}
          </button>
        </div>
      </form>
    </section>
  );
}

/** A form that would work by itself; with the engine it also ends the connection and the outbox. */
function Logout() {
  const view = useDialogView();
  const { words, actions } = view;
  return (
    <form
      class="settings-section"
      method="post"
      action="/api/logout"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(view, () => actions.logout());
      }}
    >
      <button type="submit" class="button danger-quiet">{words.settings.logout}</button>
    </form>
  );
}
