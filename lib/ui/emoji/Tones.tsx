/** The choice of a skin tone: a button with the one of now, and all six once it is pressed. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import { type Habits, keepTone } from "./habits.ts";
import { TONES, withTone } from "./tones.ts";

const HAND = "✋";

export interface TonesProps {
  habits: Habits;
  onHabits: (habits: Habits) => void;
}

export function Tones({ habits, onHabits }: TonesProps) {
  const { words, shelf, state } = useDialogView();
  const { tone } = habits;
  const [open, setOpen] = useState(false);
  const choices = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    choices.current?.querySelector<HTMLInputElement>(":checked")?.focus();
  }, [open]);
  function choose(chosen: number) {
    keepTone(shelf, state.me.peek().id, chosen);
    onHabits({ ...habits, tone: chosen });
  }
  function close(chosen: number) {
    choose(chosen);
    setOpen(false);
  }
  if (!open) {
    const label = `${words.emoji.tone}: ${words.emoji.tones[tone]}`;
    return (
      <button
        type="button"
        class="emoji-button"
        aria-label={label}
        title={label}
        aria-expanded="false"
        onClick={() => setOpen(true)}
      >
        {withTone(HAND, tone)}
      </button>
    );
  }
  return (
    <div ref={choices} class="emoji-tones" role="radiogroup" aria-label={words.emoji.tone}>
      {TONES.map((_, each) => (
        <label key={each} class="emoji-button" title={words.emoji.tones[each]}>
          <input
            type="radio"
            name="tone"
            class="hidden"
            aria-label={words.emoji.tones[each]}
            checked={each === tone}
            onChange={() =>
              choose(each)}
            // A press chooses and closes; arrows, which click too, only choose.
            onClick={(event) =>
              event.detail > 0 && close(each)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") {
                return;
              }
              event.preventDefault();
              close(each);
            }}
          />
          {withTone(HAND, each)}
        </label>
      ))}
    </div>
  );
}
