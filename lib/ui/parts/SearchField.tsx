/** The input above a list of results. */
import type { Signal } from "@preact/signals";
import { AnyIcon } from "./AnyIcon.tsx";

export interface SearchFieldProps {
  label: string;
  query: Signal<string>;
}

export function SearchField({ label, query }: SearchFieldProps) {
  return (
    <div class="search">
      <AnyIcon name="search" />
      <input
        type="search"
        class="input"
        dir="auto"
        aria-label={label}
        placeholder={label}
        autocomplete="off"
        maxlength={64}
        data-autofocus
        value={query.value}
        onInput={(event) => query.value = event.currentTarget.value}
      />
    </div>
  );
}
