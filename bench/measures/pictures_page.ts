/**
 * A room whose page has fifty pictures: when the first is seen, and whether anything jumps. A reader
 * who has read the room sees its end; one who was away, where the new ones begin. Both come from
 * another page of the program; a third look is in an empty window, where the browser ends the process
 * that it has ready, and starts another (`cross-origin-opener-policy`). Beside each stands what the
 * same browser needs for a plain page with the same pictures: how fast the machine is. Last, the way
 * most people take: who has the program open goes to the room from another one.
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
/** The page says so on its console. */
const SEEN = "the first picture is seen";
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
  opened: Figures;
  plainOpened: Figures;
  entered: Figures;
}

const WANTED = {
  read: { what: "first picture shown", unit: "ms", limit: 300, better: "lower" },
  unread: { what: "… where the new ones begin", unit: "ms", limit: 300, better: "lower" },
  opened: { what: "… in an empty window", unit: "ms", limit: 300, better: "lower" },
  entered: { what: "… from another room", unit: "ms", limit: 300, better: "lower" },
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
    await using server = await bench.confab({
      users: 2 + looks,
      messages: MESSAGES,
      read: true,
      ownRooms: true,
    });
    const room = await prepareRoom(server);
    await using plain = await startPlainPictures(room.pictures);
    // Without what each new window loads beside the page: people look in one that is open.
    const browser = await launchChromium();
    const rounds: Round[] = [];
    try {
      for (const { token } of room.away.slice(0, looks)) {
        const read = { ...room, token: room.reader.token };
        const pictures = { origin: `http://localhost:${plain.port}` };
        const figures = {
          read: await look(browser, read, "from within"),
          plain: await look(browser, pictures, "from within"),
          unread: await look(browser, { ...room, token }, "from within"),
          opened: await look(browser, read, "in an empty window"),
          plainOpened: await look(browser, pictures, "in an empty window"),
          entered: await enter(browser, read),
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
  const row = (of: "read" | "unread" | "opened", plain: "plain" | "plainOpened") => {
    const { limit, unit, what } = WANTED[of];
    const ratio = round(median(rounds.map((each) => each[of].first / each[plain].first)));
    const beside = `${ratio} × a plain page with them: ${first(plain)} ms`;
    return { ...atMost(limit, unit, what, first(of)), beside };
  };
  const { shift } = WANTED;
  const shifts = rounds.flatMap(({ read, unread, opened, entered }) =>
    [read, unread, opened, entered].map((each) => each.shift)
  );
  return [
    row("read", "plain"),
    row("unread", "plain"),
    row("opened", "plainOpened"),
    atMost(WANTED.entered.limit, WANTED.entered.unit, WANTED.entered.what, first("entered")),
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
  const pictures = await shownOf(origin, reader!.token, files);
  return { origin, reader: reader!, own: reader!.room, away, pictures };
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

/**
 * Somebody opens the room; without a token, the plain page. Until the first picture is seen the
 * browser is asked nothing: what Playwright adds to a page to look into it is 330 KB of script.
 */
async function look(
  browser: Browser,
  { origin, token }: { origin: string; token?: string },
  from: "from within" | "in an empty window",
): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (token) await context.addCookies([{ name: "session", value: token, url: origin }]);
  const page = await context.newPage();
  await watch(page);
  // An answer by the same program, which brings nothing of what the page needs.
  if (from === "from within") await page.goto(`${origin}/healthz`);
  const seen = page.waitForEvent("console", (message) => message.text() === SEEN);
  await page.goto(token ? `${origin}/rooms/1` : origin);
  await seen;
  if (token) await page.locator("html[data-ready]").waitFor();
  await page.waitForLoadState("networkidle"); // what comes later may push
  const figures = await seenBy(page);
  await context.close();
  return figures;
}

/** Somebody is in a room of their own, and goes to the one with the pictures. */
async function enter(
  browser: Browser,
  { origin, token, own }: { origin: string; token: string; own: number },
): Promise<Figures> {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: "session", value: token, url: origin }]);
  const page = await context.newPage();
  await watch(page);
  await page.goto(`${origin}/rooms/${own}`);
  await page.locator("html[data-ready]").waitFor();
  await page.waitForLoadState("networkidle");
  const seen = page.waitForEvent("console", (message) => message.text() === SEEN);
  // Chromium counts no more paints once a person has clicked; a script's click it does not mind.
  const since = await page.locator('a[href="/rooms/1"]').first().evaluate((link) => {
    const clicked = performance.now();
    (link as unknown as { click(): void }).click();
    return clicked;
  });
  await seen;
  // Another room in place of this one is no jump.
  const { first, shift } = await seenBy(page);
  await page.waitForLoadState("networkidle");
  return { first: first - since, shift: (await seenBy(page)).shift - shift };
}

function seenBy(page: Page): Promise<Figures> {
  return page.evaluate(() => (globalThis as unknown as { seen: Figures }).seen);
}

/** From its beginning. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript((said) => {
    const seen = { first: 0, shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { url: string })[]) {
        if (seen.first > 0 || !entry.url.includes("/files/")) continue;
        seen.first = entry.startTime;
        // deno-lint-ignore no-console -- how the page tells of it
        console.debug(said);
      }
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        seen.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  }, SEEN);
}
