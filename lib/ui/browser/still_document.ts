/**
 * A phone's keyboard that covers the page instead of resizing it (Safari) leaves the chat the part
 * that is seen; whatever the browser scrolled to show the field, the document goes back.
 */

/** The answer ends it. */
export function keepStill(document: Document): () => void {
  const seen = globalThis.visualViewport;
  const { style } = document.documentElement;
  function fit() {
    // When the reader has zoomed in, the visible part says nothing about the space available.
    const covered = seen !== null && Math.abs(seen.scale - 1) < .01 &&
      innerHeight - seen.height > 1;
    if (covered) style.setProperty("--window", `${seen.height}px`);
    else style.removeProperty("--window");
    if (scrollX !== 0 || scrollY !== 0) scrollTo(0, 0);
  }
  seen?.addEventListener("resize", fit);
  addEventListener("scroll", fit);
  fit(); // the keyboard may have come before
  return () => {
    seen?.removeEventListener("resize", fit);
    removeEventListener("scroll", fit);
  };
}
