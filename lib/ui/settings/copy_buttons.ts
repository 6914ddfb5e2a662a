/** Buttons that copy what a field holds. Without a script they are not shown: see `data-copy`. */
import { copyText } from "../clipboard.ts";

export function startCopyButtons(document: Document): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copyField(document, button));
  }
}

/** Where nothing can be copied, the text is marked, for the reader to copy it. */
async function copyField(document: Document, button: HTMLButtonElement): Promise<void> {
  const field = document.getElementById(button.dataset.copy ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  try {
    await copyText(field.value);
    button.textContent = button.dataset.copied ?? "";
  } catch {
    field.select();
  }
}
