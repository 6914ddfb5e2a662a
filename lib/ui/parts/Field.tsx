/** A labelled input with its hint and its error, linked for screen readers. */
import type { InputHTMLAttributes } from "preact";

export interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  input: InputHTMLAttributes;
}

export function Field({ id, label, hint, error, input }: FieldProps) {
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        dir="auto"
        {...input}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={described}
      />
      {hint && !error && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}
