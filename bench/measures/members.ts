/** The list of a room's members where it is long: how long a page's thread is busy at a stretch. */
import { type Browser, chromium } from "playwright-core";
import { longestTask } from "../../tests/support/browser_tasks.ts";
import { isBuilt } from "../confab.ts";
import { atMost, type Measure, notMeasured, type Target } from "../measure.ts";
import { median, round } from "../statistics.ts";

const MEMBERS = 5_000;
const BROWSER = "/usr/bin/chromium";

interface Figures {
  /** Milliseconds of the thread's own time. */
  listing: number;
  scrolling: number;
  /** Rows that are in the page. */
  rows: number;
}

const WANTED = [
  { what: "longest task while it is listed", unit: "ms", limit: 50, better: "lower" },
  { what: "longest task while it is scrolled", unit: "ms", limit: 50, better: "lower" },
  { what: "rows in the page", unit: "", limit: 200, better: "lower" },
] as const;

export const members: Measure = {
  name: "members",
  title: `A list of ${MEMBERS} members, in Chromium`,
  async run(bench) {
    const missing = await whatIsMissing(bench.tree);
    if (missing !== null) {
      return { figures: null, targets: WANTED.map((each): Target => notMeasured(each, missing)) };
    }
    await using server = await bench.confab({ users: MEMBERS, messages: 100, read: true });
    const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
    const figures: Figures[] = [];
    try {
      for (let at = 0; at < bench.rounds; at++) {
        figures.push(await look(browser, server.port, server.accounts[1]!.token));
        bench.note(JSON.stringify(figures.at(-1)));
      }
    } finally {
      await browser.close();
    }
    const middle = (of: keyof Figures) => round(median(figures.map((each) => each[of])));
    const [listing, scrolling, rows] = WANTED;
    return {
      figures,
      targets: [
        atMost(listing.limit, listing.unit, listing.what, middle("listing")),
        atMost(scrolling.limit, scrolling.unit, scrolling.what, middle("scrolling")),
        atMost(rows.limit, rows.unit, rows.what, middle("rows")),
      ],
    };
  },
};

async function whatIsMissing(tree: string): Promise<string | null> {
  if (!await isBuilt(tree)) return "the browser client is not built";
  const found = await Deno.stat(BROWSER).then(() => true, () => false);
  return found ? null : `there is no browser at ${BROWSER}`;
}

async function look(browser: Browser, port: number, token: string): Promise<Figures> {
  const origin = `http://localhost:${port}`;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: "session", value: token, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/rooms/1`);
  await page.locator("html[data-ready]").waitFor();
  const listing = await longestTask(page, async () => {
    await page.getByRole("button", { name: /Show members/ }).click();
    await page.locator(`.member[aria-setsize="${MEMBERS}"]`).first().waitFor();
  });
  const scrolling = await longestTask(
    page,
    () =>
      page.locator(".members-scroll").evaluate(async (pane) => {
        for (let at = 0; at < 240; at++) {
          pane.scrollTop += 1_000;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }),
  );
  const rows = await page.locator(".member").count();
  await context.close();
  return { listing, scrolling, rows };
}
