/**
 * Links in texts that lead to a place of this very chat, such as a quote's or a pasted permalink: they
 * are followed here, and not in another tab. It must not know which places there are.
 */

/** @param follow goes to where the path leads; false where that is no place of the chat */
export function followInnerLinks(root: EventTarget, follow: (path: string) => boolean): () => void {
  const listener = (event: Event) => {
    const link = linkOf(event as MouseEvent);
    if (link !== null && follow(link.pathname)) event.preventDefault();
  };
  root.addEventListener("click", listener);
  return () => root.removeEventListener("click", listener);
}

/** The link that a plain click follows; null where somebody else has taken it, or it leads out. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey &&
    !event.altKey && !event.defaultPrevented;
  const link = isPlain && event.target instanceof Element ? event.target.closest("a") : null;
  const isInner = link?.origin === location.origin && link.hash === "" && link.search === "";
  return isInner && !link.hasAttribute("download") ? link : null;
}
