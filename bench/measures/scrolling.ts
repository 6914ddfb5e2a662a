/**
 * A long conversation in Chromium: scrolled from its end to its beginning, standing at its end while
 * others write, and written in. Tasks are those of the page's main thread in a trace of Chromium; by
 * their own time on the processor, since other programs lengthen them by the clock.
 */
import { chromium, type Page } from "playwright-core";
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { isBuilt } from "../confab.ts";
import { atMost, type Measure, notMeasured } from "../measure.ts";
import { median, quantile, round } from "../statistics.ts";

const BROWSER = "/usr/bin/chromium";
const MESSAGES = 10_000;
/** Messages a second, and for how long. */
const RATE = 20;
const KEYS = 40;
/** While others write. */
const TYPED = 100;

interface Tasks {
  /** The longest task, milliseconds: on the processor, and by the clock. */
  longest: number;
  longestByClock: number;
  /** Tasks of more than 50 ms on the processor. */
  long: number;
  count: number;
  /** All of them together, on the processor. */
  total: number;
}

interface Keys {
  /** Milliseconds from a key to the frame that shows its letter, the middle of many. */
  latency: number;
  /** Of 95 in a hundred at most. */
  p95: number;
  /** Milliseconds of the page's main thread for each key. */
  work: number;
  /** The longest task meanwhile, on the processor. */
  longest: number;
}

export const scrolling: Measure = {
  name: "scrolling",
  title: "A conversation of 10,000 messages in Chromium",
  async run(bench) {
    if (!await isBuilt(bench.tree)) {
      const target = { what: "longest task", unit: "ms", limit: 50, better: "lower" } as const;
      return { figures: null, targets: [notMeasured(target, "the browser client is not built")] };
    }
    await using server = await bench.confab({ users: 20, messages: MESSAGES, read: true });
    await using browser = await chromium.launch({
      executablePath: BROWSER,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    const page = await open(browser, server);
    const keysFew = await keys(page);
    const counts = { most: 0, loaded: 0 };
    const scrolled = await traced(page, () => scrollToBeginning(bench, page, counts));
    const keysMany = await keys(page);
    await page.getByRole("button", { name: "Jump to the newest messages" }).click();
    const arriving = await traced(page, () => write(bench, server));
    const [typed] = await Promise.all([keys(page, TYPED), write(bench, server)]);
    bench.note(`a key while others write ${JSON.stringify(typed)}`);
    bench.note(`scrolled ${JSON.stringify(scrolled)}, arriving ${JSON.stringify(arriving)}`);
    return {
      figures: { scrolled, arriving, counts, keysFew, keysMany, typed },
      targets: [
        atMost(50, "ms", "longest task while scrolling", scrolled.longest),
        atMost(30, "ms", "… in which a page of 50 messages is put in", scrolled.longest),
        atMost(50, "ms", `longest task, ${RATE} messages/s arriving`, arriving.longest),
        atMost(200, "", "messages in the page", counts.most),
        atMost(
          1.25,
          "×",
          "work for a key, 10,000 messages against 50",
          round(keysMany.work / keysFew.work),
        ),
        atMost(16, "ms", `key to character, ${RATE} messages/s arriving: median`, typed.latency),
        atMost(32, "ms", "… p95", typed.p95),
        atMost(50, "ms", "… longest task", typed.longest),
      ],
    };
  },
};

async function open(browser: Awaited<ReturnType<typeof chromium.launch>>, server: Confab) {
  const url = `http://127.0.0.1:${server.port}`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // The name that every instance still reads.
  await context.addCookies([{ name: "session", value: server.accounts[1]!.token, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/rooms/1`);
  await page.locator("html[data-ready]").waitFor();
  await page.waitForTimeout(2000);
  return page;
}

/** Wheels up, a good half of the window at once, until the first message is in sight. */
async function scrollToBeginning(
  bench: Bench,
  page: Page,
  counts: { most: number; loaded: number },
): Promise<void> {
  await page.mouse.move(640, 300);
  const deadline = performance.now() + (bench.quick ? 30_000 : 180_000);
  for (;;) {
    await page.mouse.wheel(0, -500);
    const [count, first] = await page.evaluate(() => {
      const all = document.querySelectorAll<HTMLElement>("[data-seq]");
      return [all.length, Number(all[0]?.dataset.seq)] as const;
    });
    counts.most = Math.max(counts.most, count);
    counts.loaded = MESSAGES - first + 1;
    if (first === 1 || performance.now() > deadline) return;
  }
}

async function write(bench: Bench, server: Confab): Promise<void> {
  const start = performance.now();
  const until = start + (bench.quick ? 4_000 : 15_000);
  for (let count = 0; performance.now() < until; count++) {
    const { token } = server.accounts[2 + count % 10]!;
    const response = await fetch(`http://127.0.0.1:${server.port}/api/rooms/1/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ text: `Message ${count} that comes while one looks on.` }),
    });
    await response.body?.cancel();
    const wait = start + (count + 1) * 1000 / RATE - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
  }
}

async function keys(page: Page, count = KEYS): Promise<Keys> {
  await page.getByRole("textbox", { name: /^Message / }).focus();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { keyTimes: times });
    document.addEventListener("keydown", ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - timeStamp)));
    }, true);
  });
  const { total, longest } = await traced(page, async () => {
    for (let at = 0; at < count; at++) {
      await page.keyboard.press("a");
      await page.waitForTimeout(30);
    }
  });
  const times = await page.evaluate(() =>
    (globalThis as unknown as { keyTimes: number[] }).keyTimes
  );
  await page.getByRole("textbox", { name: /^Message / }).fill("");
  return {
    latency: round(median(times), 1),
    p95: round(quantile(times, .95), 1),
    work: round(total / count, 2),
    longest,
  };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** The tasks of the page's main thread while something is done. */
async function traced(page: Page, act: () => Promise<void>): Promise<Tasks> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  await act();
  const trace = new TextDecoder().decode(await browser.stopTracing());
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents.filter(({ name, args }) =>
      name === "thread_name" && args?.name === "CrRendererMain"
    ).map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ name, ph, pid, tid }) =>
    ph === "X" && name.endsWith("RunTask") && mains.has(`${pid} ${tid}`)
  );
  const own = tasks.map(({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000);
  return {
    longest: round(Math.max(0, ...own), 1),
    longestByClock: round(Math.max(0, ...tasks.map(({ dur }) => (dur ?? 0) / 1000)), 1),
    long: own.filter((time) => time > 50).length,
    count: tasks.length,
    total: round(own.reduce((sum, time) => sum + time, 0), 1),
  };
}
