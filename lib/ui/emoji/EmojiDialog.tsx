/** The picker in a dialog: for a reaction to a message, or for whoever asked for an emoji. */
import { useEffect, useRef } from "preact/hooks";
import type { Message } from "../../protocol/messages.ts";
import { useDialogView } from "../dialog_view.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { attempt } from "../view.ts";
import { EmojiPicker } from "./EmojiPicker.tsx";

export type EmojiDialogProps =
  & { onClose: () => void }
  & ({ message: Message } | { pick: (emoji: string) => void });

export function EmojiDialog({ onClose, ...props }: EmojiDialogProps) {
  const view = useDialogView();
  const { words, actions, state } = view;

  const picked = useRef<string | null>(null);
  // Once the dialog is gone and has given the focus back: until then nothing can be typed elsewhere.
  useEffect(() => () => {
    if (picked.current !== null && "pick" in props) {
      const emoji = picked.current;
      queueMicrotask(() => props.pick(emoji));
    }
  }, []);

  function pick(emoji: string, more: boolean): void {
    if (!("message" in props)) {
      if (more) return props.pick(emoji);
      picked.current = emoji;
      return onClose();
    }
    const { message } = props;
    const on = !(message.reactions[emoji]?.includes(state.me.peek().id) ?? false);
    onClose();
    void attempt(view, () => actions.react(message.id, emoji, on));
  }
  const title = "message" in props ? words.emoji.react : words.emoji.choose;
  return (
    <Dialog title={title} size="small" onClose={onClose}>
      <EmojiPicker onPick={pick} />
    </Dialog>
  );
}
