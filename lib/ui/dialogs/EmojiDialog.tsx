/** Any emoji as a reaction: common ones to press, all others to type. */
import { useSignal } from "@preact/signals";
import { canonicalEmoji, LONGEST_EMOJI } from "../../protocol/emoji.ts";
import type { Message } from "../../protocol/messages.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { Field } from "../parts/Field.tsx";
import { useDialogView } from "../dialog_view.ts";
import { useSubmission } from "./submit.ts";

export const COMMON =
  "👍 👎 ❤️ 😂 🙂 😉 😍 🤔 😮 😢 😭 😡 🎉 🙏 👏 🙌 💪 👀 🤝 👋 ✅ ❌ ❓ ❗ ➕ 🔥 💯 🚀 ⭐ 💡 🐛 ☕ 🍕 🎂 🏆"
    .split(" ");

export function EmojiDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { words, actions, state } = useDialogView();
  const typed = useSignal("");
  const submission = useSubmission();

  async function react(emoji: string) {
    const on = !(message.reactions[emoji]?.includes(state.me.value.id) ?? false);
    if (await submission.run(() => actions.react(message.id, emoji, on))) onClose();
  }
  const value = typed.value.trim();
  const emoji = canonicalEmoji(value);
  const wrong = value !== "" && emoji === null;
  return (
    <Dialog title={words.emoji.title} size="small" onClose={onClose}>
      <div class="emoji-grid">
        {COMMON.map((emoji) => (
          <button
            key={emoji}
            type="button"
            class="emoji-button"
            aria-label={words.message.reactWith(emoji)}
            onClick={() => void react(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (emoji !== null) void react(emoji);
        }}
      >
        <Field
          id="emoji"
          label={words.emoji.any}
          error={wrong ? words.emoji.invalid : undefined}
          input={{
            value: typed.value,
            maxlength: LONGEST_EMOJI,
            autocomplete: "off",
            onInput: (event) => typed.value = event.currentTarget.value,
          }}
        />
        <button
          type="submit"
          class="button primary"
          disabled={emoji === null || submission.busy}
        >
          {words.emoji.submit}
        </button>
      </form>
      {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
    </Dialog>
  );
}
