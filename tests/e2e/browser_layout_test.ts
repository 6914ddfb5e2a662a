/** What a page weighs, and that it fits: nothing sticks out at any width. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "playwright-core";
import { type Account, PASSWORD } from "../support/browser_account.ts";
import { browserTests, type Stage } from "../support/browser.ts";
import { message, open } from "../support/browser_chat.ts";
import { livelyRoom } from "../support/browser_stages.ts";
import { pdf, png, sendFiles, sendVoice } from "../support/sent_files.ts";

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

/** Weighs the page, and that it shows what it is weighed with. @param styles of these, too */
async function assertWeight(page: Page, styles: readonly string[]): Promise<void> {
  const parts = await weightAwake(page);
  const has = (name: RegExp, what: string) =>
    assert(parts.some((part) => name.test(part.name)), `${what} were weighed`);
  has(/\/client-[^/]*\.css$/, "the styles");
  for (const style of styles) has(new RegExp(`/${style}-[^/]*\\.css$`), `those of ${style}`);
  has(/\/chat_(en|ru)-/, "and the words");
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  assert(total > 40_000 && parts.every(({ bytes }) => bytes > 0), "the sizes were measured");
  assert(total <= WEIGHT, `${total} bytes: ${JSON.stringify(parts)}`);
}

/** Files of each kind, a link with what it leads to, a custom emoji, a picture of the author. */
async function sayInPictures({ program }: Stage, ann: Account): Promise<void> {
  const { url } = program;
  const bytes = png(60, 40);
  const put = (method: string, path: string, body: BodyInit) =>
    fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${ann.token}` },
      body,
    });
  const emoji = new FormData();
  emoji.append("name", "kakapo");
  emoji.append("file", new Blob([bytes]), "kakapo.png");
  for (
    const answer of [
      put("PUT", "/me/avatar", new Blob([bytes], { type: "image/png" })),
      put("POST", "/emoji", emoji),
    ]
  ) {
    const { ok, body, status } = await answer;
    await body?.cancel();
    assert(ok, String(status));
  }
  await sendFiles(url, ann, "m-2", [
    { name: "a.png", type: "image/png", bytes },
    { name: "b.txt", type: "text/plain", bytes: new TextEncoder().encode("some words") },
    { name: "c.pdf", type: "application/pdf", bytes: pdf(1) },
  ]);
  await sendVoice(url, ann);
  await ann.say("m-3 :kakapo: https://example.org/garden");
  const link = { url: "https://example.org/garden", title: "A garden", site: "", description: "" };
  const db = new DatabaseSync(`${program.dataDir}/chat.db`, { timeout: 5_000 });
  db.prepare("UPDATE messages SET links = ? WHERE text LIKE 'm-3 %'")
    .run(JSON.stringify([{ ...link, image: null, width: null, height: null }]));
  db.close();
}

for (const locale of ["en-GB", "ru-RU"]) {
  test(`script and style of the chat page weigh 60 KB at most (${locale})`, async (stage) => {
    const ann = await stage.person("ann", { locale });
    await ann.account.say("m-1 **with** formatting, which has styles of its own");
    await assertWeight(ann.page, ["text"]);
  });

  test(`so do those of a page with files, links, emoji and faces (${locale})`, async (stage) => {
    const ann = await stage.person("ann", { locale });
    await ann.account.say("m-1 **with** formatting, which has styles of its own");
    await sayInPictures(stage, ann.account);
    await assertWeight(ann.page, ["text", "files"]);
    const shown = (selector: string) => ann.page.locator(`.message ${selector}`).first().waitFor();
    for (const each of [".picture img", ".voice", ".link-card", ".emoji-picture", ".avatar img"]) {
      await shown(each);
    }
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
