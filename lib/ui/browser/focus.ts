/**
 * The focus never falls to the body: what vanishes with the focus in it (a reaction taken back, the
 * tools of a message behind a dialog, a button that has done its work, a room that was left) hands
 * it to what stood around it, or else to where one writes. It knows no component.
 */
import { isTouch } from "../parts/touch.ts";

/** What can have the focus, from the element outwards. */
function trailOf(element: Element): HTMLElement[] {
  const trail: HTMLElement[] = [];
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    if (one instanceof HTMLElement && (one === element || one.hasAttribute("tabindex"))) {
      trail.push(one);
    }
  }
  return trail;
}

/** Watches over the document; the function that is returned ends it. */
export function keepFocus(document: Document): () => void {
  let trail: HTMLElement[] = [];
  /** From before the focus went into a dialog: there it returns. */
  let outside: HTMLElement[] = [];

  function remember(target: Element): void {
    const inDialog = target.closest("dialog") !== null;
    trail = trailOf(target);
    if (inDialog) trail.push(...outside);
    else outside = trail;
  }
  function onFocusIn(event: FocusEvent): void {
    remember(event.target as Element);
  }
  /**
   * A focus that is moving is not lost: a message's tools vanish when the reader leaves them by
   * Tab.
   */
  function onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Element) remember(relatedTarget);
  }
  /** A press outside everything means that nothing should have the focus. */
  function onPointerDown(): void {
    setTimeout(() => {
      if (isLost(document) && trail[0]?.isConnected) trail = outside = [];
    });
  }
  const observer = new MutationObserver(() => {
    if (trail.length === 0 || trail[0]!.isConnected || !isLost(document)) return;
    const next = trail.find((one) => one.isConnected) ?? standIn(document, trail);
    next?.focus({ preventScroll: true });
  });
  document.addEventListener("focusin", onFocusIn);
  // Before the page's own listeners, which may take away what was left.
  document.addEventListener("focusout", onFocusOut, { capture: true });
  document.addEventListener("pointerdown", onPointerDown);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("focusin", onFocusIn);
    document.removeEventListener("focusout", onFocusOut, { capture: true });
    document.removeEventListener("pointerdown", onPointerDown);
    observer.disconnect();
  };
}

function isLost(document: Document): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** A message that vanishes passes the focus to the list; everything else to the composer. */
function standIn(document: Document, trail: readonly HTMLElement[]): HTMLElement | null {
  const wasMessage = trail.some((one) => one.dataset.message !== undefined);
  const stop = document.querySelector<HTMLElement>("[data-message][tabindex='0']");
  if (wasMessage && stop) return stop;
  // In a field a phone would raise its keyboard.
  if (!isTouch()) return document.getElementById("composer");
  const room = document.querySelector<HTMLElement>(".room");
  if (room) room.tabIndex = -1;
  return room;
}
