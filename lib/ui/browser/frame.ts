/**
 * The browser's own frame around the page (its bar, on a phone) takes the colour of the side bar.
 * The server sets it for the theme it knows; here it follows a theme chosen later, and the
 * system's.
 */

/** `root` names the theme; the answer ends it. */
export function followTheme(root: Element): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const theme = new MutationObserver(paintFrame);
  scheme.addEventListener("change", paintFrame);
  theme.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    scheme.removeEventListener("change", paintFrame);
    theme.disconnect();
  };
}

/** As the side bar looks now. */
function paintFrame(): void {
  const bar = document.querySelector(".sidebar");
  if (bar === null) return;
  const { backgroundColor } = getComputedStyle(bar);
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute("content", backgroundColor);
  }
}
