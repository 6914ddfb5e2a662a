/**
 * The styles of what is fetched once the page is at rest: dialogs, what stands beside the room. The
 * page names them (`LATER_STYLES`), and whoever fetches such a part waits for them with it. It must
 * not know what they style.
 */

/** Of the page's `meta` element with the address of the style sheet. */
export const LATER_STYLES = "later-styles";

/** Once they apply; at once where the page names none. Rejects without a connection. */
export function laterStyles(): Promise<void> {
  const { head } = document;
  const href = head.querySelector<HTMLMetaElement>(`meta[name=${LATER_STYLES}]`)?.content;
  const before = head.querySelector<HTMLLinkElement>(`link[data-later]`);
  if (!href || before?.dataset.later === "here") return Promise.resolve();
  const link = before ?? document.createElement("link");
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => {
      link.dataset.later = "here";
      resolve();
    });
    link.addEventListener("error", () => {
      // The next try begins anew.
      link.remove();
      reject(new Error("The styles did not come."));
    });
    if (before) return;
    link.dataset.later = "";
    link.rel = "stylesheet";
    link.href = href;
    head.append(link);
  });
}
