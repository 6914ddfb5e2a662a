/** The keys by which people are chosen from one field. It must not know what they are chosen for. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { User } from "../../protocol/people.ts";
import { foldForSearch } from "../../protocol/search_words.ts";
import type { Search } from "./search.ts";

export interface Choosing {
  chosen: readonly User[];
  /** Whom Enter chooses. */
  next: User | undefined;
  toggle: (user: User) => void;
}

/**
 * People are chosen from the one field: Enter takes the first who is found, also where the answer
 * is still on its way; with nothing in the field it is done, and Backspace takes the last one back.
 */
export function useChoosingKeys(
  { query, answered }: Search<User>,
  { chosen, next, toggle }: Choosing,
): (event: KeyboardEvent) => void {
  const waiting = useSignal(false);
  function take(user: User) {
    waiting.value = false;
    toggle(user);
    query.value = "";
  }
  useEffect(() => {
    if (!waiting.value || answered !== query.value) return;
    waiting.value = false;
    if (next !== undefined) take(next);
  }, [answered, query.value, next?.id]);
  return (event) => {
    const field = event.target as HTMLInputElement;
    if (event.isComposing) return;
    if (event.key !== "Enter") waiting.value = false;
    if (field.type === "checkbox" && event.key === "Enter") {
      event.preventDefault();
      field.click();
    } else if (field.type === "search" && event.key === "Enter" && query.value.trim() !== "") {
      event.preventDefault();
      if (next === undefined || (answered !== query.value && !isNamed(next, query.value))) {
        waiting.value = answered !== query.value;
      } else take(next);
    } else if (field.type === "search" && event.key === "Backspace" && query.value === "") {
      const last = chosen.at(-1);
      if (last !== undefined) toggle(last);
    }
  };
}

/** Somebody known here whose name is what was typed: no answer could be better. */
function isNamed({ username, displayName }: User, query: string): boolean {
  const asked = foldForSearch(query.trim());
  return [username, displayName].some((name) => foldForSearch(name) === asked);
}
