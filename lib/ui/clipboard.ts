/**
 * Copies text. The browser's clipboard API exists only in secure contexts, and a chat at home may
 * be served over plain HTTP: the older command works there. It must not know what is copied.
 */

/** Rejects where the browser refuses both ways. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyBySelecting(text)) throw new Error("The browser does not let the page copy.");
  }
}

function copyBySelecting(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "hidden";
  // Inside an open dialog, since everything outside it is inert.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
