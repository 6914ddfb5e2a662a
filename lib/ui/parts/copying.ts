/** Copies for the reader, and says that it is done or cannot be. */
import { copyText } from "../clipboard.ts";
import { attempt, type View } from "../view.ts";

/** @param done what to say when `text` is in the clipboard */
export async function copyAndSay(view: View, text: string, done: string): Promise<void> {
  await attempt(view, async () => {
    await copyText(text);
    view.toast.value = done;
  });
}
