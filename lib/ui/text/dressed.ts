/**
 * The styles of formatted text, and of files. A page that the server wrote with such a text, or with
 * files, has them; any other names them, and they are fetched with what shows markup, or files.
 */

/** Milliseconds after which it is shown without them. */
const LONGEST_WAIT = 3_000;

/** Resolves when they are there, or cannot be. */
export function dressed(page: Document, what: "text" | "files"): Promise<void> {
  const link = page.querySelector<HTMLLinkElement>(`link[data-${what}]`);
  if (link === null || link.sheet !== null) return Promise.resolve();
  link.disabled = false;
  return new Promise((resolve) => {
    const done = () => resolve();
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    setTimeout(done, LONGEST_WAIT);
  });
}
