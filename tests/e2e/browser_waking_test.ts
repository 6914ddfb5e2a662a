/** What the server wrote comes to life in the browser as if the browser had made it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { message, messageList, open, roomLink } from "../support/browser_chat.ts";
import { livelyRoom } from "../support/browser_stages.ts";

const test = browserTests();

/** A day ahead of Honolulu: whenever the test runs, one of the two is on another day than UTC. */
const ZONES = ["Pacific/Kiritimati", "Pacific/Honolulu"];

function written(page: Page): Promise<string> {
  return messageList(page).innerHTML();
}

test("a conversation that woke equals one that was rendered anew, in the reader's zone", async (stage) => {
  const { ann } = await livelyRoom(stage);
  for (const timezoneId of ZONES) {
    const { context, page } = await stage.visitor({ timezoneId, locale: "en-GB" });
    await context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
    // Nothing is new to the reader any longer: the line before it would go meanwhile.
    await ann.account.call("PUT", "/rooms/1/read", { seq: 1_000_000 });
    await open(page);
    // Known once the page is at rest, whichever of the two comes first.
    await messageList(page).getByText("1 reply, just now").waitFor();
    const woken = await written(page);
    await roomLink(page, "random").click();
    await page.getByRole("heading", { name: "random" }).waitFor();
    await roomLink(page, "general").click();
    await message(page, "could you bring the small iron").waitFor();
    await eventually(async () => assert.equal(await written(page), woken));

    const time = messageList(page).locator("time").first();
    const at = new Date((await time.getAttribute("datetime"))!);
    const local = at.toLocaleTimeString("en-GB", { timeZone: timezoneId, timeStyle: "short" });
    assert.equal(await time.innerText(), local);
  }
});

test("times are written as the reader's browser does: twelve hours in one, twenty-four in another", async (stage) => {
  const { ann } = await livelyRoom(stage);
  for (const locale of ["en-US", "en-GB", "en-AU", "ru-RU"]) {
    const { context, page } = await stage.visitor({ timezoneId: "Pacific/Honolulu", locale });
    await context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
    await page.goto("/rooms/1");
    const time = page.locator("ol time").first();
    const at = new Date((await time.getAttribute("datetime"))!);
    const local = at.toLocaleTimeString(locale, {
      timeZone: "Pacific/Honolulu",
      hour: locale === "en-US" || locale === "en-AU" ? "numeric" : "2-digit",
      minute: "2-digit",
    });
    await eventually(async () =>
      assert.equal(await time.innerText(), local.replace("\u202f", " "))
    );
  }
});

test("a room that is left before it woke leaves nothing behind", async (stage) => {
  const { ann } = await livelyRoom(stage);
  const { page } = ann;
  let loads = 0;
  page.on("request", (request) => loads += Number(request.isNavigationRequest()));
  await page.addInitScript(() => {
    // The first timer without a delay wakes the page, the second, set by it, its conversation.
    const { setTimeout: original } = globalThis;
    let bare = 0;
    const watched = (task: () => void, delay?: number) => {
      if (delay !== undefined || ++bare !== 2) return original(task, delay);
      queueMicrotask(leave);
      return original(() => document.body.append("It woke."), delay);
    };
    globalThis.setTimeout = watched as typeof setTimeout; // its other arguments are never used here
    function leave() {
      const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
      links.find((link) => link.textContent?.includes("random"))?.click();
    }
  });
  await open(page);
  await page.getByRole("heading", { name: "random" }).waitFor();
  assert.equal(await messageList(page).count(), 1);
  await roomLink(page, "general").click();
  await message(page, "could you bring the small iron").waitFor();
  assert.equal(await page.getByText("It woke.").count(), 0);
  assert.equal(loads, 1);
});

test("a page loads the words of its own language alone, and another's when it is chosen", async (stage) => {
  const ann = await stage.person("ann");
  const asked: string[] = [];
  ann.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const words = () => asked.filter((path) => /^\/assets\/chat_(en|ru)-/.test(path));
  await open(ann.page);
  assert.match(words().join(" "), /^\/assets\/chat_en-\S+$/);
  await ann.account.call("PATCH", "/me", { language: "ru" });
  await ann.page.getByRole("textbox", { name: /^Написать в/ }).waitFor();
  assert.match(words().join(" "), /^\/assets\/chat_en-\S+ \/assets\/chat_ru-\S+$/);
  await open(ann.page);
  assert.match(words().at(-1)!, /^\/assets\/chat_ru-/);
  await ann.page.getByRole("textbox", { name: /^Написать в/ }).waitFor();
});
