/** The fields of the workspace's settings. One that the host's environment sets is only shown. */
import type { ComponentChildren } from "preact";
import { WELCOME } from "../../protocol/limits.ts";
import { unitsOf, WORKSPACE_NAME } from "../../protocol/names.ts";
import type { WorkspaceKey } from "../../protocol/workspace.ts";
import type { PageWords } from "../catalogue/pages.ts";
import type { RefusedField } from "../field_errors.ts";
import { Field } from "../parts/Field.tsx";
import { Choice } from "../parts/Choice.tsx";
import type { States } from "./workspace_forms.ts";

/** What all fields of the page go by. */
export interface Fields {
  words: PageWords;
  states: States;
  /** As it was typed, after a refusal; only of the form that was refused. */
  typed: Readonly<Record<string, string>>;
  errors: readonly RefusedField[];
}

/** Those that the page shows. */
type SettingName = WorkspaceKey & keyof PageWords["workspace"]["labels"];

interface FieldOfSetting {
  fields: Fields;
  name: SettingName;
}

function textOf({ states, typed }: Fields, name: SettingName): string {
  return typed[name] ?? String(states[name].value ?? "");
}

/** What is wrong with it, in the reader's language. */
function errorOf({ words, errors }: Fields, name: SettingName): string | undefined {
  const found = errors.find(({ path }) => path === name);
  if (found === undefined) return undefined;
  const { fields } = words;
  if (isNumber(name)) return words.workspace.ranges[name];
  switch (found.reason) {
    case "too_long":
      return fields.too_long(name === "name" ? WORKSPACE_NAME.max : WELCOME.text);
    case "too_short":
      return fields.missing;
    case "controls":
    case "blank":
      return fields[found.reason];
    default:
      return fields.invalid;
  }
}

type NumberName = keyof PageWords["workspace"]["ranges"];

function isNumber(name: SettingName): name is NumberName {
  return name === "textLength" || name === "sendRate" || name === "roomRate";
}

/** The hint, or which of the host's variables sets it. */
function hintOf({ words, states }: Fields, name: SettingName): string | undefined {
  const { fixedBy } = states[name];
  return fixedBy === null ? words.workspace.hints[name] : words.workspace.fixed(fixedBy);
}

export function TextSetting({ fields, name }: FieldOfSetting) {
  const error = errorOf(fields, name);
  return (
    <Field
      id={name}
      label={fields.words.workspace.labels[name]}
      hint={hintOf(fields, name)}
      error={error}
      input={{
        name,
        value: textOf(fields, name),
        required: true,
        maxlength: unitsOf(WORKSPACE_NAME),
        autocomplete: "off",
        autofocus: error !== undefined,
      }}
    />
  );
}

export function NumberSetting({ fields, name }: FieldOfSetting) {
  const error = errorOf(fields, name);
  const isFixed = fields.states[name].fixedBy !== null;
  return (
    <Field
      id={name}
      label={fields.words.workspace.labels[name]}
      hint={hintOf(fields, name)}
      error={error}
      input={{
        // What has no name is not sent.
        ...(isFixed ? { readOnly: true } : { name }),
        value: textOf(fields, name),
        inputMode: "numeric",
        maxlength: 7,
        autocomplete: "off",
        autofocus: error !== undefined,
      }}
    />
  );
}

export function ChoiceSetting(
  { fields, name, options }: FieldOfSetting & { options: readonly (readonly [string, string])[] },
) {
  const { states, words } = fields;
  const value = textOf(fields, name);
  const hint = hintOf(fields, name);
  const labelled = { id: name, label: words.workspace.labels[name] };
  if (states[name].fixedBy !== null) {
    const input = { readOnly: true, value: new Map(options).get(value) ?? value };
    return <Field {...labelled} hint={hint} input={input} />;
  }
  return (
    <Labelled {...labelled} hint={hint} error={errorOf(fields, name)}>
      <Choice
        id={name}
        name={name}
        value={value}
        options={options}
        describedBy={hint === undefined ? undefined : `${name}-hint`}
      />
    </Labelled>
  );
}

export function LinesSetting({ fields, name }: FieldOfSetting) {
  const error = errorOf(fields, name);
  return (
    <Labelled
      id={name}
      label={fields.words.workspace.labels[name]}
      hint={hintOf(fields, name)}
      error={error}
    >
      <textarea
        id={name}
        name={name}
        class="input"
        dir="auto"
        rows={6}
        maxLength={2 * WELCOME.text}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? `${name}-error` : `${name}-hint`}
        autofocus={error !== undefined}
      >
        {textOf(fields, name)}
      </textarea>
    </Labelled>
  );
}

interface LabelledProps {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: ComponentChildren;
}

function Labelled({ id, label, hint, error, children }: LabelledProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint && !error && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}
