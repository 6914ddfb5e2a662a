/** Scrolls messages to where they should be on the screen. It does not know why. */
import { bottomOf, topOf } from "./measure.ts";

/** Pixels above the "new messages" line: a little of what was read before is in sight. */
const ABOVE_LINE = 72;
/** Pixels between an edge and a message that got the focus. */
const EDGE = 40;

/** Scrolls so that the element is this many pixels below the upper edge, if possible. */
export function align(scroller: HTMLElement, element: Element | null, top: number): void {
  if (element) scroller.scrollTop += topOf(element) - topOf(scroller) - top;
}

export function alignLine(scroller: HTMLElement, line: Element | null): void {
  align(scroller, line, Math.min(ABOVE_LINE, scroller.clientHeight / 4));
}

export function alignMiddle(scroller: HTMLElement, element: HTMLElement): void {
  align(scroller, element, Math.max(0, scroller.clientHeight - element.offsetHeight) / 2);
}

/** Restarts the fading highlight each time. */
export function markAnew(element: HTMLElement): void {
  element.classList.remove("marked");
  void element.offsetWidth;
  element.classList.add("marked");
}

/** Gives the focus to a message, and scrolls no further than to have it in sight. */
export function focusInSight(scroller: HTMLElement, element: HTMLElement): void {
  element.focus({ preventScroll: true });
  const { top, bottom } = scroller.getBoundingClientRect();
  if (topOf(element) < top) align(scroller, element, EDGE);
  else if (bottomOf(element) > bottom) {
    align(scroller, element, Math.max(0, bottom - top - element.offsetHeight - EDGE));
  }
}

export function afterPaint(task: () => void): void {
  requestAnimationFrame(() => setTimeout(task));
}
