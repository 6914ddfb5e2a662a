/** What is painted of a page that comes in parts, as over a slow line or to a busy browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests } from "../support/browser.ts";
import type { Account } from "../support/browser_account.ts";
import { open } from "../support/browser_chat.ts";
import { png, sendFiles } from "../support/sent_files.ts";

const test = browserTests();

/** Of its own, before the program: it holds the room's page back in the middle of the messages. */
function startHolding(url: string, at: string) {
  const released = Promise.withResolvers<void>();
  const server = Deno.serve({ hostname: "localhost", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const cookie = request.headers.get("cookie") ?? "";
    const answer = await fetch(url + pathname, { headers: { cookie, "accept-encoding": "" } });
    const type = answer.headers.get("content-type") ?? "";
    const headers = { "content-type": type, "cache-control": "no-transform" };
    // The page as it is painted, and nothing that wakes.
    if (type.includes("javascript")) await answer.body?.cancel();
    if (type.includes("javascript")) return new Response("", { headers });
    if (!type.includes("html")) return new Response(answer.body, { headers });
    const html = await answer.text();
    const place = html.indexOf(at);
    assert(place > 0, "the page has that text");
    const parts = async function* () {
      yield new TextEncoder().encode(html.slice(0, place));
      await released.promise;
      yield new TextEncoder().encode(html.slice(place));
    };
    return new Response(ReadableStream.from(parts()), { headers });
  });
  return { url: `http://localhost:${server.addr.port}`, release: released.resolve, server };
}

test("a page that comes in parts is painted once all messages are there: its end is what is read", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const files = [{ name: "a.png", type: "image/png", bytes: png(800, 600) }];
  await sendFiles(url, bob, "m-1", files);
  await sendFiles(url, bob, "m-2", files);
  const held = startHolding(url, "m-2");
  try {
    const { page } = ann;
    await page.goto(`${held.url}/rooms/1`, { waitUntil: "commit" });
    await page.waitForFunction(
      () =>
        document.body?.innerText.includes("m-1") &&
        [...document.querySelectorAll("link[rel=stylesheet]:not([disabled])")].every((link) =>
          (link as HTMLLinkElement).sheet !== null
        ),
      null,
      { polling: 20 }, // frames, which it waits for otherwise, do not come
    );
    // Whoever is not held up paints within one frame; so many without are some.
    const painted = await page.evaluate(() =>
      new Promise<boolean>((resolve) => {
        requestAnimationFrame(() => resolve(true));
        setTimeout(() => resolve(false), 500);
      })
    );
    assert.equal(painted, false, "half of the messages are seen");
    held.release();
    await page.waitForFunction(
      () =>
        document.body.innerText.includes("m-2") &&
        performance.getEntriesByType("paint").length > 0,
    );
  } finally {
    held.release();
    await held.server.shutdown();
  }
});

test("the first frame begins where the new messages do, and the page does not move when it wakes", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  for (let at = 1; at <= 20; at++) await bob.say(`old ${at}`);
  await ann.account.call("PUT", "/rooms/1/read", { seq: 1_000_000 });
  for (let at = 1; at <= 40; at++) await bob.say(`new ${at}`);
  const { page } = ann;
  await watchPlaces(page, ".new-line");
  await open(page);
  await page.getByText("new 1", { exact: true }).waitFor();
  const tops = await placesOf(page);
  assert.equal(tops.length, 1, `it stood at ${tops.join(", ")} pixels`);
  assert(tops[0]! > 0 && tops[0]! < 100, `${tops[0]} pixels below the edge`);
});

test("the first frame shows the message that a link leads to, whatever is new, and the page does not move", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  for (let at = 1; at <= 60; at++) await bob.say(`m-${at}`);
  const { page } = ann;
  await watchPlaces(page, ".marked");
  for (const read of [0, 10, 40, 60]) {
    if (read > 0) await ann.account.call("PUT", "/rooms/1/read", { seq: read });
    await open(page, "/rooms/1/30");
    await page.getByText("m-30", { exact: true }).waitFor();
    const tops = await placesOf(page);
    const [first, last] = [Math.min(...tops), Math.max(...tops)];
    assert(last - first <= 1, `it stood at ${tops.join(", ")} pixels, ${read} read`);
    assert(first > 200 && last < 600, `${first} pixels below the edge, ${read} read`);
  }
});

/** In each frame of the pages that follow: pixels from the edge of the conversation to what is there. */
async function watchPlaces(page: Page, selector: string): Promise<void> {
  await page.addInitScript((selector) => {
    const tops = new Set<number>();
    Object.assign(globalThis, { tops });
    const look = () => {
      const line = document.querySelector(selector)?.getBoundingClientRect();
      const scroller = document.querySelector(".scroller")?.getBoundingClientRect();
      if (line && scroller) tops.add(Math.round(line.top - scroller.top));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, selector);
}

function placesOf(page: Page): Promise<number[]> {
  return page.evaluate(() => [...(globalThis as unknown as { tops: Set<number> }).tops]);
}

/** The pictures that are asked for at once, of those that the page of the room shows. */
async function eagerOnes(
  url: string,
  { cookie }: Account,
  path = "/rooms/1",
): Promise<string[]> {
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  const html = await (await fetch(url + path, { headers })).text();
  const shown = html.match(/<img[^>]* class="shown"[^>]*>|<img class="shown"[^>]*>/g) ?? [];
  assert(shown.length > 8, "the page has the pictures");
  return shown.filter((one) => !one.includes('loading="lazy"')).map((one) =>
    /alt="Picture: (\w+)\.png"/.exec(one)![1]!
  );
}

test("pictures that are in sight first are asked for with the page, each reader's own, and no others", async (stage) => {
  const { url } = stage.program;
  const [ann, cyd, bob] = [
    await stage.person("ann"),
    await stage.account("cyd"),
    await stage.account("bob"),
  ];
  for (let at = 1; at <= 9; at++) {
    await sendFiles(url, bob, "", [{
      name: `p${at}.png`,
      type: "image/png",
      bytes: png(800, 600),
    }]);
  }
  await ann.account.call("PUT", "/rooms/1/read", { seq: 1_000_000 });
  // Twice: the second time what was rendered before is put together.
  for (let time = 0; time < 2; time++) {
    assert.deepEqual(await eagerOnes(url, ann.account), ["p6", "p7", "p8", "p9"]);
    assert.deepEqual(await eagerOnes(url, cyd), ["p1", "p2", "p3", "p4"]);
    // A link's message stands in the middle: what is above it is seen as well.
    const around = await eagerOnes(url, cyd, "/rooms/1/5");
    assert.deepEqual(around, ["p3", "p4", "p5", "p6", "p7"]);
  }
  const { page } = ann;
  await open(page);
  const picture = page.getByRole("img", { name: "Picture: p9.png" });
  assert.equal(await picture.evaluate((image: HTMLImageElement) => image.loading), "eager");
  // Those of the others stand behind them once the page is at rest, and stay when they wake.
  const standIns = page.locator("a.picture > img.stand-in:first-child + img.shown:last-child");
  await standIns.nth(8).waitFor();
  await page.getByRole("img", { name: "Picture: p1.png" }).hover();
  await page.getByRole("link", { name: "Picture: p1.png" }).focus();
  assert.equal(await standIns.count(), 9);
  assert.equal(await page.locator("[data-blur]").count(), 0);
  await sendFiles(url, bob, "", [{ name: "p10.png", type: "image/png", bytes: png(800, 600) }]);
  const later = page.getByRole("img", { name: "Picture: p10.png" });
  await later.waitFor();
  assert.equal(await later.evaluate((image: HTMLImageElement) => image.loading), "lazy");
});
