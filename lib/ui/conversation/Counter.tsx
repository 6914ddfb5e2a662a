/** How long a message may still become. */
import { codePoints } from "../../protocol/text.ts";
import { useDialogView } from "../dialog_view.ts";

/** The counter shows when fewer characters than this are left. */
const COUNT_BELOW = 500;

/** How many characters still fit, where that begins to matter. */
export function Counter({ text }: { text: string }) {
  const { words, state } = useDialogView();
  const left = state.limits.value.textLength - codePoints(text);
  if (left >= COUNT_BELOW) return null;
  return <p class={left < 0 ? "counter over" : "counter"}>{words.aim.left(left)}</p>;
}
