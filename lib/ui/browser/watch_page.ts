/**
 * A page that waits for another device: it asks for itself again and again, and is loaded anew when
 * it would say something else. Where all is decided, it sends the form that goes on. The page works
 * without it. It knows no page.
 */

/** Milliseconds between two looks. */
const EVERY = 1_500;

export function watchPage(document: Document): void {
  const form = document.querySelector<HTMLFormElement>("form[data-go-on]");
  if (form !== null) return form.requestSubmit();
  const shown = stateOf(document);
  if (shown === undefined || shown === "") return; // nothing is waited for
  const timer = setInterval(async () => {
    if (document.hidden) return;
    const now = await stateNow();
    if (now === null || now === shown) return;
    clearInterval(timer);
    location.reload();
  }, EVERY);
}

/** What the page says that it waits for. */
function stateOf(page: Document): string | undefined {
  return page.querySelector<HTMLElement>("[data-waits]")?.dataset.waits;
}

/** Null where the server cannot be reached just now. */
async function stateNow(): Promise<string | null> {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.status >= 500) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return stateOf(page) ?? "";
  } catch {
    return null;
  }
}
