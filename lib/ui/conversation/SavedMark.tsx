/**
 * Shows after a message's text that the reader has saved it. It renders only for its own message.
 */
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
