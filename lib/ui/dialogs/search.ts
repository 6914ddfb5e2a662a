/**
 * Searches while somebody types: not at every key, and never replaces a newer answer with an older
 * one.
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { errorText, useDialogView } from "../dialog_view.ts";

/** Milliseconds of rest before asking. */
const REST = 180;

export interface Search<T> {
  query: Signal<string>;
  /** null while the first answer is awaited. */
  results: T[] | null;
  /** The query that they answer. */
  answered: string | null;
  error: string | null;
  /** Asks again with the same words. */
  again(): void;
}

export function useSearch<T>(ask: (query: string) => Promise<T[]>): Search<T> {
  const { words } = useDialogView();
  const query = useSignal("");
  const results = useSignal<T[] | null>(null);
  const answered = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);
  const round = useSignal(0);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      const asked = query.value;
      ask(asked.trim()).then(
        (found) => {
          if (!current) return;
          results.value = found;
          answered.value = asked;
          error.value = null;
        },
        (thrown) => {
          if (current) error.value = errorText(words, thrown);
        },
      );
    }, results.value === null ? 0 : REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query.value, round.value]);
  return {
    query,
    results: results.value,
    answered: answered.value,
    error: error.value,
    again: () => round.value++,
  };
}
