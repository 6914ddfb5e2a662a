/** Where messages are on the screen. It reads the page and changes nothing. */

/** All messages in the page, in order. Those on their way have no place in the room yet. */
function messagesIn(scroller: Element): HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>("[data-seq]")];
}

export function seqOf(element: HTMLElement): number {
  return Number(element.dataset.seq);
}

export function messageAt(scroller: Element, seq: number): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
}

export function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}

export function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}

/** The first element that passes the test, if all after it pass too (binary search). */
function firstWhere<T>(elements: readonly T[], test: (element: T) => boolean): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(elements[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first message that is at least partly visible. */
export function firstInSight(scroller: Element): HTMLElement | undefined {
  const edge = topOf(scroller);
  const elements = messagesIn(scroller);
  return elements[firstWhere(elements, (one) => bottomOf(one) > edge)];
}

/** Messages that are fully visible; for one taller than the window, its end is enough. */
export function wholeInSight(scroller: Element): HTMLElement[] {
  const { top, bottom } = scroller.getBoundingClientRect();
  const elements = messagesIn(scroller);
  const from = firstWhere(elements, (one) => bottomOf(one) > top + 1);
  const to = firstWhere(elements, (one) => bottomOf(one) > bottom + 1);
  return elements.slice(from, to).filter((one) => {
    const box = one.getBoundingClientRect();
    return box.height > 0 && (box.top >= top - 1 || box.height > bottom - top);
  });
}

/** Whether this window is in front, and nothing in it lies over the conversation. */
export function isLookedAt(scroller: Element): boolean {
  if (!document.hasFocus() || document.visibilityState !== "visible") return false;
  const { left, top, width, height } = scroller.getBoundingClientRect();
  const middle = document.elementFromPoint(left + width / 2, top + height / 2);
  return middle !== null && scroller.contains(middle);
}

/** The first and last place that the selection touches; null without a selection. */
export function selectedIn(scroller: Element): { first: number; last: number } | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(scroller)) return null;
  const touched = messagesIn(scroller).filter((one) => range.intersectsNode(one));
  if (touched.length === 0) return null;
  return { first: seqOf(touched[0]!), last: seqOf(touched.at(-1)!) };
}
