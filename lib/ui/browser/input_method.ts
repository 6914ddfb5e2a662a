/**
 * Keys that belong to an input method: the Enter that confirms a word, the Escape that takes it
 * back, the arrows that choose among words. None of them is meant for the page: not to send, to
 * close, to cancel, nor to choose a person to mention. It must not know what the page does with keys.
 */

/**
 * While a word is composed, browsers say so. Safari ends the composition first and reports the
 * key afterwards, as an ordinary one but for its code: 229, "processed by an input method".
 */
export function belongsToInputMethod(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Keys by which a browser submits a form or closes a dialog by itself. */
const ACTING = new Set(["Enter", "Escape"]);

/**
 * Keeps such keys from everything inside `root`, whoever listens there; what the input method does
 * with them has happened already. The function that is returned ends it.
 */
export function keepInputMethodKeys(root: EventTarget): () => void {
  const listener = (event: Event) => {
    const key = event as KeyboardEvent;
    if (!belongsToInputMethod(key)) return;
    key.stopPropagation();
    if (ACTING.has(key.key)) key.preventDefault();
  };
  root.addEventListener("keydown", listener, { capture: true });
  return () => root.removeEventListener("keydown", listener, { capture: true });
}
