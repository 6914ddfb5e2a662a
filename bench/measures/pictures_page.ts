/** A room whose page has fifty pictures: when the first is seen, and whether anything jumps. */
import type { Browser } from "playwright-core";
import { launchChromium } from "../../tests/support/browser.ts";
import { png } from "../../tests/support/sent_files.ts";
import { isBuilt } from "../confab.ts";
import { atMost, type Measure, notMeasured, type Target } from "../measure.ts";
import { median, round } from "../statistics.ts";

const PICTURES = 50;
/** Single ones vary by half. */
const LOOKS = 9;
const BROWSER = "/usr/bin/chromium";

interface Figures {
  /** Milliseconds from the request for the page until the first picture is painted. */
  first: number;
  /** How far what is seen has moved, as Chromium counts it (cumulative layout shift). */
  shift: number;
}

const WANTED = [
  { what: "first picture shown", unit: "ms", limit: 300, better: "lower" },
  { what: "layout shift of the page", unit: "", limit: 0.001, better: "lower" },
] as const;

export const picturesPage: Measure = {
  name: "pictures-page",
  title: `A page of ${PICTURES} pictures, in Chromium`,
  async run(bench) {
    const missing = await whatIsMissing(bench.tree);
    if (missing !== null) {
      return { figures: null, targets: WANTED.map((each): Target => notMeasured(each, missing)) };
    }
    await using server = await bench.confab({ users: 2, messages: 1, read: true });
    const origin = `http://localhost:${server.port}`;
    const [author, reader] = server.accounts;
    await sendPictures(origin, author!.token);
    // Without what each new window loads beside the page: people look in one that is open.
    const browser = await launchChromium();
    const figures: Figures[] = [];
    try {
      for (let at = 0; at < (bench.quick ? bench.rounds : LOOKS); at++) {
        figures.push(await look(browser, origin, reader!.token));
        bench.note(JSON.stringify(figures.at(-1)));
      }
    } finally {
      await browser.close();
    }
    const [first, shift] = WANTED;
    return {
      figures,
      targets: [
        atMost(first.limit, first.unit, first.what, round(median(figures.map((one) => one.first)))),
        atMost(
          shift.limit,
          shift.unit,
          shift.what,
          Math.max(...figures.map((one) => one.shift)),
        ),
      ],
    };
  },
};

async function whatIsMissing(tree: string): Promise<string | null> {
  if (!await isBuilt(tree)) return "the browser client is not built";
  const found = await Deno.stat(BROWSER).then(() => true, () => false);
  return found ? null : `there is no browser at ${BROWSER}`;
}

/** A message for each, as people send them from a phone. */
async function sendPictures(origin: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  for (let at = 0; at < PICTURES; at++) {
    const form = new FormData();
    form.append("file", new Blob([png(1600, 1200, at * 5)], { type: "image/png" }), `${at}.png`);
    const answer = await fetch(`${origin}/api/files`, { method: "POST", headers, body: form });
    const file = await answer.json() as { id: number };
    if (!answer.ok) throw new Error(`The upload was refused: ${JSON.stringify(file)}`);
    const sent = await fetch(`${origin}/api/rooms/1/messages`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ text: "", files: [file.id] }),
    });
    if (!sent.ok) throw new Error(`The message was refused: ${await sent.text()}`);
    await sent.body?.cancel();
  }
}

async function look(browser: Browser, origin: string, token: string): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: "session", value: token, url: origin }]);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { first: 0, shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { url: string })[]) {
        if (seen.first === 0 && entry.url.includes("/files/")) seen.first = entry.startTime;
      }
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        seen.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${origin}/rooms/1`);
  await page.locator("html[data-ready]").waitFor();
  await page.waitForFunction(() => (globalThis as unknown as { seen: Figures }).seen.first > 0);
  await page.waitForLoadState("networkidle"); // what comes later may push
  const figures = await page.evaluate(() => (globalThis as unknown as { seen: Figures }).seen);
  await context.close();
  return figures;
}
