/**
 * How a form in a dialog is sent: busy meanwhile; if it fails, a sentence at each faulty field,
 * with the focus in the first of them, or else one sentence for the whole form.
 */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { RequestError } from "../../client/request_error.ts";
import { type FieldSentences, fieldSentences } from "../field_errors.ts";
import { errorText, useDialogView } from "../dialog_view.ts";

export interface Submission {
  busy: boolean;
  /** Of the whole form; null where it went through or fields have the sentences. */
  error: string | null;
  /** By the fields' names in the request. */
  errors: FieldSentences;
  /** For the form element: where the fields are. */
  form: RefObject<HTMLFormElement | null>;
  /** Runs the action once at a time; true where it went through. */
  run(action: () => Promise<unknown> | void): Promise<boolean>;
}

const NONE: FieldSentences = {};

/** `fields`: the names, in the request, of the fields that the form shows. */
export function useSubmission(fields: readonly string[] = []): Submission {
  const { words } = useDialogView();
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const errors = useSignal(NONE);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (errors.value === NONE) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors.value]);

  function fail(thrown: unknown): void {
    const told = thrown instanceof RequestError ? thrown.errors : [];
    const sentences = fieldSentences(words, told, fields);
    if (sentences === null) error.value = errorText(words, thrown);
    else errors.value = sentences;
  }

  return {
    busy: busy.value,
    error: error.value,
    errors: errors.value,
    form,
    async run(action) {
      if (busy.value) return false;
      busy.value = true;
      error.value = null;
      errors.value = NONE;
      try {
        await action();
        return true;
      } catch (thrown) {
        fail(thrown);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
