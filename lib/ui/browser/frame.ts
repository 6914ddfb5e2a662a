/**
 * The browser's own frame around the page (its bar, on a phone) takes the colour of the side bar.
 * The server writes it for the theme it knows; here it follows the theme that is chosen since, and
 * the system's.
 */

/** Follows the system; the answer ends it. */
export function followScheme(): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", paintFrame);
  return () => scheme.removeEventListener("change", paintFrame);
}

/** As the side bar looks now. */
export function paintFrame(): void {
  const bar = document.querySelector(".sidebar");
  if (bar === null) return;
  const { backgroundColor } = getComputedStyle(bar);
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute("content", backgroundColor);
  }
}
