/**
 * Stand-ins of pictures that the server wrote out of sight. A browser reads every image of a page
 * before its first frame, which these are no part of: so each waits in an attribute of its picture
 * (`Picture.tsx`) until the page is at rest.
 */

/** Puts each in its place, before anything there wakes: what wakes takes what it finds for its own. */
export function placeStandIns(page: ParentNode): void {
  for (const shown of page.querySelectorAll<HTMLImageElement>("img[data-blur]")) {
    const { blur = "" } = shown.dataset;
    shown.removeAttribute("data-blur");
    const standIn = shown.ownerDocument.createElement("img");
    Object.assign(standIn, { className: "stand-in", alt: "", src: blur });
    shown.before(standIn);
  }
}
