/** That one has saved a message, behind its text. It renders anew for its own message alone. */
import { useComputed } from "@preact/signals";
import { Icon } from "../parts/Icon.tsx";
import { useView } from "../view.ts";

export function SavedMark({ message }: { message: number }) {
  const { state, words } = useView();
  const saved = useComputed(() => state.saved.value.has(message));
  if (!saved.value) return null;
  return (
    <span class="saved-mark" title={words.saved.mark}>
      <Icon name="bookmark" />
      <span class="hidden">{` (${words.saved.mark})`}</span>
    </span>
  );
}
