/**
 * Brings something into view by scrolling its own pane, and nothing else. `scrollIntoView` scrolls
 * every box around as well, the document among them, also where it cannot be scrolled back by hand:
 * no view of the chat calls it. It knows neither rooms nor messages.
 */

/** Where to put it: in the middle of the pane, or as near as possible to where it is. */
export type PanePlace = "center" | "nearest";

/** Pixels that stay between what is shown and the pane's edge. */
const MARGIN = 8;

/**
 * Scrolls `pane` so that `element`, which is inside it, is in view. With "nearest" what is in view
 * already stays where it is. What is higher than the pane is shown from its beginning.
 */
export function showInPane(pane: HTMLElement, element: Element, place: PanePlace): void {
  const by = distance(edgesOf(pane), edgesOf(element), place);
  // Added, since a reversed pane counts from its end.
  if (by !== 0) pane.scrollTop += by;
}

export interface Edges {
  top: number;
  bottom: number;
}

/** How far the pane is to be scrolled: down where it is positive. */
export function distance(pane: Edges, element: Edges, place: PanePlace): number {
  const spare = (pane.bottom - pane.top) - (element.bottom - element.top);
  const toTop = element.top - pane.top;
  if (spare < 2 * MARGIN) {
    const fills = toTop <= 0 && element.bottom >= pane.bottom;
    return place === "nearest" && fills ? 0 : toTop;
  }
  if (place === "center") return toTop - spare / 2;
  if (element.top < pane.top) return toTop - MARGIN;
  if (element.bottom > pane.bottom) return element.bottom - pane.bottom + MARGIN;
  return 0;
}

function edgesOf(element: Element): Edges {
  const { top, bottom } = element.getBoundingClientRect();
  return { top, bottom };
}
