/** The course of a form in a dialog: busy while it is sent, the error where it fails. */
import { useSignal } from "@preact/signals";
import { errorText, useView } from "../view.ts";

export interface Submission {
  busy: boolean;
  error: string | null;
  /** Runs the action once at a time; true where it went through. */
  run(action: () => Promise<unknown> | void): Promise<boolean>;
}

/** `explain` may give its own sentence for an error, or null for the usual one. */
export function useSubmission(explain?: (error: unknown) => string | null): Submission {
  const { words } = useView();
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  return {
    busy: busy.value,
    error: error.value,
    async run(action) {
      if (busy.value) return false;
      busy.value = true;
      error.value = null;
      try {
        await action();
        return true;
      } catch (thrown) {
        error.value = explain?.(thrown) ?? errorText(words, thrown);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
