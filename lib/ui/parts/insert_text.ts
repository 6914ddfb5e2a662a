/** Changes what stands in a field as if it had been typed: the browser's own undo takes it back. */

/** Puts `text` in place of the field's units from `from` to `to`, and the caret after it. */
export function insertText(
  field: HTMLTextAreaElement | HTMLInputElement,
  from: number,
  to: number,
  text: string,
): void {
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  // Deprecated, and still the only way that undo knows; it tells listeners of `input` by itself.
  const command = text === "" ? "delete" : "insertText";
  if (from === to && text === "") return;
  if (document.execCommand?.(command, false, text)) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}
