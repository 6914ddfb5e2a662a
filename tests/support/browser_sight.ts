/** What is on the screen of a conversation, as its reader sees it: places, not what is loaded. */
import type { Page } from "playwright-core";

export interface Sight {
  /** The first and the last message that are wholly in sight. */
  first: number;
  last: number;
  /** The upper edge of the "New messages" line, from that of the conversation; null without one. */
  line: number | null;
  /** The first message after the line. */
  afterLine: number | null;
  /** Messages in the page, and those before the line. */
  count: number;
  above: number;
  height: number;
}

export function sightOf(page: Page): Promise<Sight> {
  return page.evaluate(() => {
    const list = document.querySelector('ol[aria-label^="Messages in"]')!;
    const pane = list.parentElement!.parentElement!.getBoundingClientRect();
    const all = [...list.querySelectorAll<HTMLElement>("[data-seq]")];
    const seq = (one: HTMLElement | undefined) => Number(one?.dataset.seq ?? 0);
    const seen = all.filter((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= pane.top - 1 && bottom <= pane.bottom + 1;
    });
    const line = [...list.querySelectorAll("p")].find((one) => one.textContent === "New messages");
    const below = line?.parentElement?.querySelector<HTMLElement>("[data-seq]") ?? undefined;
    return {
      first: seq(seen[0]),
      last: seq(seen.at(-1)),
      line: line ? line.getBoundingClientRect().top - pane.top : null,
      afterLine: below ? seq(below) : null,
      count: all.length,
      above: below ? all.indexOf(below) : 0,
      height: pane.height,
    };
  });
}
