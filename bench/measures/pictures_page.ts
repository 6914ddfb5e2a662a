/**
 * A room whose page has fifty pictures: when the first is seen, and whether anything jumps. A reader
 * who has read the room sees its end; one who was away, where the new ones begin. Beside both stands
 * what the same browser needs for a plain page with the same pictures: how fast the machine is.
 */
import type { Browser, Page } from "playwright-core";
import type { File } from "../../lib/protocol/files.ts";
import { fitted, pictureSize } from "../../lib/ui/files/layout.ts";
import { launchChromium } from "../../tests/support/browser.ts";
import { png } from "../../tests/support/sent_files.ts";
import { type Confab, isBuilt } from "../confab.ts";
import { atMost, type Measure, notMeasured, type Target } from "../measure.ts";
import { type ShownPicture, startPlainPictures } from "../peers.ts";
import { median, round } from "../statistics.ts";

const PICTURES = 50;
/** Before them, by words: where the new ones begin, something old is above. */
const MESSAGES = 20;
/** Single ones vary by half. */
const LOOKS = 9;
const BROWSER = "/usr/bin/chromium";

interface Figures {
  /** Milliseconds from the request for the page until the first picture is painted. */
  first: number;
  /** How far what is seen has moved, as Chromium counts it (cumulative layout shift). */
  shift: number;
}

interface Round {
  read: Figures;
  unread: Figures;
  plain: Figures;
}

const WANTED = {
  read: { what: "first picture shown", unit: "ms", limit: 300, better: "lower" },
  unread: { what: "… where the new ones begin", unit: "ms", limit: 300, better: "lower" },
  shift: { what: "layout shift of the page", unit: "", limit: 0.001, better: "lower" },
} as const;

export const picturesPage: Measure = {
  name: "pictures-page",
  title: `A page of ${PICTURES} pictures, in Chromium`,
  async run(bench) {
    const missing = await whatIsMissing(bench.tree);
    if (missing !== null) {
      const wanted = Object.values(WANTED);
      return { figures: null, targets: wanted.map((each): Target => notMeasured(each, missing)) };
    }
    const looks = bench.quick ? bench.rounds : LOOKS;
    // Nobody is new to the same page twice: a look reads what is in sight.
    await using server = await bench.confab({ users: 2 + looks, messages: MESSAGES, read: true });
    const room = await prepareRoom(server);
    await using plain = await startPlainPictures(room.pictures);
    // Without what each new window loads beside the page: people look in one that is open.
    const browser = await launchChromium();
    const rounds: Round[] = [];
    try {
      for (const { token } of room.away.slice(0, looks)) {
        const figures = {
          read: await look(browser, { ...room, token: room.reader.token }),
          plain: await look(browser, { origin: `http://localhost:${plain.port}` }),
          unread: await look(browser, { ...room, token }),
        };
        bench.note(JSON.stringify(figures));
        rounds.push(figures);
      }
    } finally {
      await browser.close();
    }
    return { figures: rounds, targets: targetsOf(rounds) };
  },
};

function targetsOf(rounds: readonly Round[]): Target[] {
  const first = (of: keyof Round) => round(median(rounds.map((each) => each[of].first)));
  const beside = (of: "read" | "unread") => {
    const ratio = round(median(rounds.map((each) => each[of].first / each.plain.first)));
    return `${ratio} × a plain page with them: ${first("plain")} ms`;
  };
  const { read, unread, shift } = WANTED;
  const shifts = rounds.flatMap((each) => [each.read.shift, each.unread.shift]);
  return [
    { ...atMost(read.limit, read.unit, read.what, first("read")), beside: beside("read") },
    {
      ...atMost(unread.limit, unread.unit, unread.what, first("unread")),
      beside: beside("unread"),
    },
    atMost(shift.limit, shift.unit, shift.what, Math.max(...shifts)),
  ];
}

async function whatIsMissing(tree: string): Promise<string | null> {
  if (!await isBuilt(tree)) return "the browser client is not built";
  const found = await Deno.stat(BROWSER).then(() => true, () => false);
  return found ? null : `there is no browser at ${BROWSER}`;
}

/** Fills the room. One reader has read all of it, the others were away meanwhile. */
async function prepareRoom({ port, accounts: [author, reader, ...away] }: Confab) {
  const origin = `http://localhost:${port}`;
  const files = await sendPictures(origin, author!.token);
  const read = await fetch(`${origin}/api/rooms/1/read`, {
    method: "PUT",
    headers: { authorization: `Bearer ${reader!.token}`, "content-type": "application/json" },
    body: JSON.stringify({ seq: MESSAGES + PICTURES }),
  });
  if (!read.ok) throw new Error(`The mark was refused: ${await read.text()}`);
  await read.body?.cancel();
  return { origin, reader: reader!, away, pictures: await shownOf(origin, reader!.token, files) };
}

/** A message for each, as people send them from a phone. */
async function sendPictures(origin: string, token: string): Promise<File[]> {
  const headers = { authorization: `Bearer ${token}` };
  const files: File[] = [];
  for (let at = 0; at < PICTURES; at++) {
    const form = new FormData();
    form.append("file", new Blob([png(1600, 1200, at * 5)], { type: "image/png" }), `${at}.png`);
    const answer = await fetch(`${origin}/api/files`, { method: "POST", headers, body: form });
    const file = await answer.json() as File;
    if (!answer.ok) throw new Error(`The upload was refused: ${JSON.stringify(file)}`);
    const sent = await fetch(`${origin}/api/rooms/1/messages`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ text: "", files: [file.id] }),
    });
    if (!sent.ok) throw new Error(`The message was refused: ${await sent.text()}`);
    await sent.body?.cancel();
    files.push(file);
  }
  return files;
}

/** The bytes that the room's page shows, and in which size. */
function shownOf(origin: string, token: string, files: readonly File[]): Promise<ShownPicture[]> {
  return Promise.all(files.map(async (file) => {
    const answer = await fetch(origin + (file.thumbnail ?? file.url), {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`The picture was refused: ${await answer.text()}`);
    return { bytes: await answer.bytes(), ...fitted(pictureSize(file)) };
  }));
}

/** Somebody opens the room; without a token, the plain page. */
async function look(
  browser: Browser,
  { origin, token }: { origin: string; token?: string },
): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (token) await context.addCookies([{ name: "session", value: token, url: origin }]);
  const page = await context.newPage();
  await watch(page);
  await page.goto(token ? `${origin}/rooms/1` : origin);
  if (token) await page.locator("html[data-ready]").waitFor();
  await page.waitForFunction(() => (globalThis as unknown as { seen: Figures }).seen.first > 0);
  await page.waitForLoadState("networkidle"); // what comes later may push
  const figures = await page.evaluate(() => (globalThis as unknown as { seen: Figures }).seen);
  await context.close();
  return figures;
}

/** From its beginning. */
async function watch(page: Page): Promise<void> {
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
}
