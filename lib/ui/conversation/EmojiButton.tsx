/** Opens the picker of emoji; what is chosen comes to where the caret is. */
import { IconButton } from "../parts/IconButton.tsx";
import { insertText } from "../parts/insert_text.ts";
import { useView } from "../view.ts";

export function EmojiButton(
  { input }: { input: { readonly current: HTMLTextAreaElement | null } },
) {
  const { words, dialog } = useView();
  function pick(emoji: string) {
    const field = input.current;
    if (field !== null) insertText(field, field.selectionStart, field.selectionEnd, emoji);
  }
  return (
    <IconButton
      icon="smile"
      label={words.composer.emoji}
      title={words.composer.emoji}
      onClick={() => dialog.value = { kind: "emoji", pick }}
    />
  );
}
