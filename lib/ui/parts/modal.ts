/**
 * Shows a `<dialog>` as the browser's modal one for as long as it is rendered: the rest is inert,
 * Escape, "back" and a press on the backdrop close, and the focus returns to where it was. It must
 * not know what is in it.
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useBackCloses } from "./back_closes.ts";

/** @param placed called once it is shown, before anybody sees it */
export function useModal(
  onClose: () => void,
  placed: (dialog: HTMLDialogElement) => void = () => {},
): RefObject<HTMLDialogElement | null> {
  const element = useRef<HTMLDialogElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useBackCloses(onClose);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = element.current!;
    dialog.showModal();
    dialog.addEventListener("keydown", closeFromSearch);
    dialog.addEventListener("pointerdown", (event) => {
      if (event.target !== dialog) return;
      event.preventDefault(); // or the focus would go to what was pressed
      latest.current();
    });
    placed(dialog);
    dialog.querySelector<HTMLElement>("[data-autofocus], [autofocus]")?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) giveBack(before);
    };
  }, []);
  return element;
}

/** Safari's search fields keep Escape for themselves, also where there is nothing to clear. */
function closeFromSearch(this: HTMLDialogElement, event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== "Escape" || event.isComposing || !(target instanceof HTMLInputElement)) return;
  if (target.type !== "search" || target.value !== "") return;
  event.preventDefault(); // or it would go on to close what is below
  this.close();
}

/**
 * Chromium gives a field the focus back while it still counts as inert, without a caret: then no key
 * writes anything, and focusing it again changes nothing.
 */
function giveBack(element: HTMLElement): void {
  if (element === document.activeElement) element.blur();
  element.focus();
}
