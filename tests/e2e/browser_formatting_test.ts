/** Formatted messages in the browser: as the server wrote them, come to life, live, on a phone. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { message, messageList, open, write } from "../support/browser_chat.ts";

const test = browserTests();

const CODE = "```ts\nconst one: number = 1;\n```";

/** Paths of scripts that were asked for. */
function scriptsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") asked.push(new URL(request.url()).pathname);
  });
  return asked;
}

test("a page comes formatted, with its styles, and without a script that could do it again", async (stage) => {
  const { context } = await stage.visitor({ javaScriptEnabled: false });
  const ann = await stage.account("ann");
  await ann.say("m-1 **bold**\n\n- one\n- two\n\n> quoted");
  await context.addCookies([{ ...ann.cookie, url: stage.program.url }]);
  const page = await context.newPage();
  await page.goto("/rooms/1");
  const text = page.locator(".formatted");
  assert.equal(await text.locator("strong").innerText(), "bold");
  assert.equal(await text.locator("li").count(), 2);
  const line = await text.locator("blockquote").evaluate((quote) =>
    getComputedStyle(quote).borderInlineStartWidth
  );
  assert.equal(line, "2px");
});

test("what the server wrote stays when it comes to life; its people, rooms and code can be clicked", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const garden = await createRoom(ann.account, "garden");
  await bob.say(`m-1 **@ann**, see #garden\n\n${CODE}`);
  await bob.say("m-2");
  await ann.page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      Object.assign(globalThis, { first: document.querySelector(".formatted strong") });
    });
  });
  await open(ann.page);
  const text = message(ann.page, "m-1").locator(".formatted");
  // The colours of the code show that it is awake.
  await text.locator("code .hljs-keyword").waitFor();
  const stayed = await text.locator("strong").first().evaluate((now) =>
    now === (globalThis as unknown as { first: Element }).first
  );
  assert.ok(stayed, "the element is the one that the server wrote");

  await ann.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await text.getByRole("button", { name: "Copy" }).click();
  await ann.page.getByText("Code copied").waitFor();
  assert.equal(
    await ann.page.evaluate(() => navigator.clipboard.readText()),
    "const one: number = 1;",
  );
  await text.getByRole("button", { name: "@ann" }).click();
  await ann.page.getByRole("dialog").waitFor();
  await ann.page.keyboard.press("Escape");

  let loads = 0;
  ann.page.on("request", (request) => loads += Number(request.isNavigationRequest()));
  await text.getByRole("link", { name: "#garden" }).click();
  await ann.page.getByRole("heading", { name: "garden" }).waitFor();
  assert.equal(new URL(ann.page.url()).pathname, `/rooms/${garden}`);
  assert.equal(loads, 0);
});

test("a page without markup loads what shows it once it is at rest; live messages are formatted, also when they are changed", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await bob.say("m-1");
  const scripts = scriptsOf(ann.page);
  await open(ann.page);
  await eventually(() => {
    assert.ok(scripts.some((path) => /formatting/.test(path)));
    return Promise.resolve();
  });
  await write(ann.page, "m-2 **mine**");
  const own = message(ann.page, "m-2").locator("strong");
  assert.equal(await own.innerText(), "mine");
  const said = await bob.say("m-3 plain");
  await message(ann.page, "m-3 plain").waitFor();
  assert.equal(await message(ann.page, "m-3").locator(".formatted").count(), 0);
  await bob.call("PATCH", `/messages/${said.id}`, { text: "m-3 | a |\n\n| a |\n|---|\n| 1 |" });
  await message(ann.page, "m-3").locator("table").waitFor();
  await bob.call("PATCH", `/messages/${said.id}`, { text: "m-3 plain again" });
  await message(ann.page, "m-3 plain again").waitFor();
  assert.equal(await message(ann.page, "m-3").locator("table").count(), 0);
});

test("without a connection a formatted text is shown as it was written", async (stage) => {
  const ann = await stage.person("ann");
  await ann.page.route(/formatting-/, (route) => route.abort());
  stage.tolerate(/formatting|Failed to (load|fetch)|ERR_FAILED/);
  await open(ann.page);
  await ann.account.say("m-1 **bold**");
  await message(ann.page, "m-1 **bold**").waitFor();
});

test("a wide table and long code scroll in themselves, at every width", async (stage) => {
  const ann = await stage.person("ann");
  const cells = Array.from({ length: 14 }, (_, at) => `column ${at}`).join(" | ");
  await ann.account.say(`m-1 a table:\n\n| ${cells} |\n|${"---|".repeat(14)}\n| ${cells} |`);
  await ann.account.say("m-2\n```\n" + "a long line ".repeat(40) + "\n```");
  for (const width of [390, 820, 1440]) {
    await ann.page.setViewportSize({ width, height: 900 });
    await open(ann.page);
    const table = messageList(ann.page).locator(".table");
    await table.waitFor();
    const sizes = await table.evaluate((box) => [box.scrollWidth > box.clientWidth, innerWidth]);
    assert.equal(sizes[0], true, `${width}`);
    assert.equal(await ann.page.evaluate(() => document.documentElement.scrollWidth), width);
  }
});

test("axe finds nothing in formatted messages", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say(
    `m-1\n\n### Small\n\n- [x] a\n- [ ] b\n\n> c [d](https://x.y) #general\n\n| e |\n|---|\n| f |\n\n${CODE}`,
  );
  await ann.account.say("# Large\n\n```\nplain\n```\n---\n@ann `code`");
  await open(ann.page);
  await message(ann.page, "m-1").locator("code .hljs-keyword").waitFor();
  await findsNothing(ann.page, "formatted messages");
});

test("by keyboard one comes to what is in a formatted message", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say("m-1 [first](https://example.org/1) and *[second](https://example.org/2)*");
  await ann.account.say("m-2");
  await open(ann.page);
  await message(ann.page, "m-1").locator("[data-message]").focus();
  const first = message(ann.page, "m-1").getByRole("link", { name: "first" });
  await eventually(async () => assert.equal(await first.getAttribute("tabindex"), "0"));
});
