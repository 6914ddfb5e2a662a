/** What a page weighs, and that it fits: nothing sticks out at any width. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { PASSWORD } from "../support/browser_account.ts";
import { browserTests } from "../support/browser.ts";
import { message, open } from "../support/browser_chat.ts";
import { livelyRoom } from "../support/browser_stages.ts";

const test = browserTests();

/** Script and style of the chat page, compressed, bytes, in each language. */
const WEIGHT = 60_000;
const WIDTHS = [390, 820, 1440];

/** What lies beyond the right edge, or makes the page scroll sideways. */
async function overflow(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
    for (const element of document.querySelectorAll("body *")) {
      const { right, width, height } = element.getBoundingClientRect();
      // A line of code may be longer than its block, which scrolls by itself.
      if (width <= 1 || height <= 1 || right <= innerWidth + 1 || element.closest("pre")) continue;
      found.push(element.outerHTML.slice(0, 100));
    }
    return found;
  });
}

test("nothing sticks out at the width of a phone, a tablet and a desktop", async (stage) => {
  const { ann } = await livelyRoom(stage);
  await ann.account.say("unbreakable".repeat(40));
  await ann.account.say(`https://example.org/${"long/".repeat(60)}`);
  await ann.account.say("```\n" + "a line of code that goes on ".repeat(20) + "\n```");
  const { page } = ann;
  const visitor = await stage.visitor();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    await visitor.page.setViewportSize({ width, height: 844 });
    for (const path of ["/login", "/signup"]) {
      await visitor.page.goto(path);
      assert.deepEqual(await overflow(visitor.page), [], `${path} at ${width} px`);
    }
    for (const path of ["/", "/rooms/1"]) {
      await open(page, path);
      assert.deepEqual(await overflow(page), [], `${path} at ${width} px`);
    }
    await page.getByRole("button", { name: /Show members/ }).click();
    await page.getByRole("complementary", { name: "Members" }).getByText("@bob").waitFor();
    assert.deepEqual(await overflow(page), [], `the members at ${width} px`);
  }
});

test("the login and sign-up pages load no script at all", async (stage) => {
  const { page } = await stage.visitor();
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(request.url());
  });
  for (const path of ["/login", "/signup"]) {
    await page.goto(path, { waitUntil: "load" });
    assert.equal(await page.locator("script").count(), 0, path);
  }
  assert.deepEqual(scripts, []);
});

/** Script and style that came before the page was awake, bytes as they were sent. */
async function weightAwake(page: Page): Promise<{ name: string; bytes: number }[]> {
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.documentElement?.dataset.ready === undefined) return;
      observer.disconnect();
      // Now, as what is fetched at rest is about to follow.
      const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      Object.assign(globalThis, {
        awake: entries.filter(({ name }) => /\.(js|css)$/.test(name))
          .map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize })),
      });
    });
    observer.observe(document, { attributes: true, childList: true, subtree: true });
  });
  await open(page);
  return await page.evaluate(() =>
    (globalThis as unknown as { awake: { name: string; bytes: number }[] }).awake
  );
}

for (const locale of ["en-GB", "ru-RU"]) {
  test(`script and style of the chat page weigh 58 KB at most (${locale})`, async (stage) => {
    const ann = await stage.person("ann", { locale });
    await ann.account.say("m-1 **with** formatting, which has styles of its own");
    const parts = await weightAwake(ann.page);
    assert(parts.some(({ name }) => name.endsWith(".css")), "the styles were weighed");
    assert(parts.some(({ name }) => /\/text-[^/]*\.css$/.test(name)), "those of formatting too");
    assert(parts.some(({ name }) => /\/chat_(en|ru)-/.test(name)), "and the words");
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    assert(total > 40_000 && parts.every(({ bytes }) => bytes > 0), "the sizes were measured");
    assert(total <= WEIGHT, `${total} bytes: ${JSON.stringify(parts)}`);
  });
}

test("the page answers with strict headers and breaks none of its own rules", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say("m-1");
  const response = await ann.page.goto("/rooms/1");
  const policy = response!.headers()["content-security-policy"]!;
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  await message(ann.page, "m-1").waitFor();
  // The watcher of the test sees the violation that this provokes, or nothing would.
  stage.tolerate(/Violated: script-src|Content Security Policy/);
  const ran = await ann.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.ran = 'yes'";
    document.head.append(script);
    return document.documentElement.dataset.ran ?? null;
  });
  assert.equal(ran, null);
});

test("on a phone, devices whose lines wrap do not touch the ones around them", async (stage) => {
  const { page, account } = await stage.person("ann", {
    viewport: { width: 320, height: 800 },
    locale: "ru-RU",
  });
  const credentials = { username: account.username, password: PASSWORD };
  for (let device = 0; device < 2; device++) await account.call("POST", "/login", credentials);
  await page.goto("/settings/security");
  const gaps = await page.locator(".device").evaluateAll((rows) =>
    rows.map((row) => {
      const text = row.firstElementChild!.getBoundingClientRect();
      const around = row.getBoundingClientRect();
      return Math.min(text.top - around.top, around.bottom - text.bottom);
    })
  );
  assert.equal(gaps.length, 3);
  assert.ok(gaps.every((gap) => gap >= 6), `${gaps} px`);
});
