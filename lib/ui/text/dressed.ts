/**
 * The styles of formatted text. A page that the server wrote with such a text has them; any other
 * names them, and they are fetched with what shows markup.
 */

/** Milliseconds after which a text is shown without them. */
const LONGEST_WAIT = 3_000;

/** Resolves when they are there, or cannot be. */
export function dressed(page: Document): Promise<void> {
  const link = page.querySelector<HTMLLinkElement>("link[data-text]");
  if (link === null || link.sheet !== null) return Promise.resolve();
  link.disabled = false;
  return new Promise((resolve) => {
    const done = () => resolve();
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    setTimeout(done, LONGEST_WAIT);
  });
}
