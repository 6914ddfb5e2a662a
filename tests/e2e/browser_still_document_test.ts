/**
 * The document never scrolls, only panes do: a sidebar longer than the window, hidden texts, the
 * focus and fragments must not move the application as a whole.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type Account, createRoom } from "../support/browser_account.ts";
import { browserTests, eventually, type Person, type Stage } from "../support/browser.ts";
import { composer, message, open, openMenu, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

const WIDTHS = [390, 820, 1440];
const ROOMS = 120;
/** More stops than are between the page's beginning and a few messages. */
const STOPS = 40;

interface Town {
  ann: Person;
  bob: Account;
  direct: number;
  /** A message far above, the first of its room, and the id of one that quotes it. */
  long: number;
}

/** Somebody in more rooms than a window shows, half of them with somebody else. */
async function town(stage: Stage): Promise<Town> {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  for (let at = 0; at < ROOMS; at++) {
    await createRoom(ann.account, `room ${String(at).padStart(3, "0")}`, "private");
  }
  const direct = await ann.account.call("POST", "/rooms", { kind: "direct", users: [bob.id] });
  const { id } = direct as { id: number };
  await bob.say("hello there", id);
  const long = await createRoom(ann.account, "zzz long", "private");
  const first = await ann.account.say("the very first", long);
  for (let at = 0; at < 40; at++) await ann.account.say(`line ${at}`, long);
  await ann.account.call("POST", `/rooms/${long}/messages`, {
    text: "as I said",
    replyTo: first.id,
  });
  return { ann, bob, direct: id, long };
}

/** Fails where anything around the panes has moved, or could. */
async function still(page: Page, when: string): Promise<void> {
  const found = await page.evaluate(() => {
    const moved: string[] = [];
    const root = document.scrollingElement!;
    if (root.scrollTop !== 0 || root.scrollLeft !== 0) moved.push("the document is scrolled");
    if (root.scrollHeight > innerHeight) moved.push(`the document is ${root.scrollHeight} high`);
    if (document.documentElement.scrollHeight > innerHeight) moved.push("the root is too high");
    for (const selector of ["body", "#chat", ".app", ".room", ".sidebar", ".sidebar-place"]) {
      for (const box of document.querySelectorAll(selector)) {
        if (box.scrollTop !== 0 || box.scrollLeft !== 0) moved.push(`${selector} is scrolled`);
        if (box.clientHeight > 0 && box.scrollHeight > box.clientHeight + 1) {
          moved.push(`${selector} holds more than it shows`);
        }
      }
    }
    const app = document.querySelector(".app")!.getBoundingClientRect();
    if (Math.round(app.top) !== 0 || Math.round(app.bottom) > innerHeight) {
      moved.push(`the application stands from ${app.top} to ${app.bottom}`);
    }
    for (const box of document.querySelectorAll("*")) {
      const { overflowY, position } = getComputedStyle(box);
      if ((overflowY === "auto" || overflowY === "scroll") && position === "static") {
        if (box.querySelector(".hidden")) moved.push(`${box.className} lets hidden texts out`);
      }
    }
    return moved;
  });
  assert.deepEqual(found, [], when);
}

/** Whether the list shows the link of a room. */
async function inView(page: Page, room: number): Promise<void> {
  await eventually(async () => {
    const seen = await page.evaluate((room) => {
      const link = document.querySelector(`.sidebar [href="/rooms/${room}"]`)!;
      const pane = document.querySelector(".sidebar-scroll")!.getBoundingClientRect();
      const { top, bottom } = link.getBoundingClientRect();
      return top >= pane.top - 1 && bottom <= pane.bottom + 1;
    }, room);
    assert(seen, `room ${room} is in view in the list`);
  });
}

test("with a list of 120 rooms the document stands still, whatever is opened", async (stage) => {
  const { ann, direct, long } = await town(stage);
  const { page } = ann;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const at = (what: string) => `${what} at ${width} px`;

    await open(page, "/rooms/1");
    await composer(page).waitFor();
    await still(page, at("a room"));
    await open(page, `/rooms/${direct}`);
    await message(page, "hello there").waitFor();
    await still(page, at("a direct room"));
    if (width >= 720) await inView(page, direct);
    await open(page, `/rooms/${long}/3`);
    await message(page, "line 1").first().waitFor();
    await still(page, at("a permalink"));
    await open(page, `/rooms/${long}`);
    await message(page, "as I said").getByRole("link", { name: /the very first/ }).click();
    await still(page, at("a quote that was followed"));

    await page.goto(`/rooms/${long}#composer`);
    await composer(page).waitFor();
    await still(page, at("a fragment"));

    for (const key of ["Tab", "Shift+Tab"]) {
      for (let stop = 0; stop < STOPS; stop++) {
        await page.keyboard.press(key);
        if (stop % 8 === 7) await still(page, at(`${key}, ${stop + 1} times`));
      }
    }
    if (width >= 720) {
      // The last link of the list, which hangs far below the window.
      await page.evaluate(() => {
        const links = document.querySelectorAll<HTMLElement>(".sidebar .room-link");
        links[links.length - 1]!.focus();
        links[0]!.querySelector(".hidden")?.scrollIntoView();
      });
      await still(page, at("the end of the list"));
    }
  }
});

/** Closes what is open. Its step back in the history would end a way to another page. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !history.state?.over);
}

test("dialogs, menus and the list of members leave the document where it is", async (stage) => {
  const { ann } = await town(stage);
  const { page } = ann;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 560 });
    const at = (what: string) => `${what} at ${width} px`;
    await open(page, "/");
    await page.getByRole("button", { name: "New…" }).first().click();
    await still(page, at("a menu"));
    await page.getByRole("menuitem", { name: "Browse public rooms" }).click();
    await page.getByRole("dialog").getByText("general").waitFor();
    await still(page, at("the public rooms"));
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "New…" }).first().click();
    await page.getByRole("menuitem", { name: "Create a room" }).click();
    await page.getByRole("button", { name: "Create room" }).scrollIntoViewIfNeeded();
    await still(page, at("a long dialog"));
    await leave(page);
    await open(page, "/rooms/1");
    await page.getByRole("button", { name: /Show members/ }).click();
    await page.getByRole("complementary", { name: "Members" }).getByText("@bob").waitFor();
    await still(page, at("the members"));
    await page.getByRole("complementary").getByRole("button", { name: "Close" }).click();
    await ann.account.say(`said at ${width}`);
    await openMenu(page, `said at ${width}`);
    await still(page, at("a message's menu"));
    await leave(page);
  }
});

test("the open room is in view in the list, and what needs not move does not", async (stage) => {
  const { ann, direct, long } = await town(stage);
  const { page } = ann;
  await page.setViewportSize({ width: 1200, height: 700 });
  await open(page, `/rooms/${direct}`);
  await inView(page, direct);
  const top = () => page.locator(".sidebar-scroll").evaluate((pane) => pane.scrollTop);

  // Below the window, by a permalink: the list goes there.
  await open(page, `/rooms/${long}/1`);
  await inView(page, long);

  // In view already: it stays.
  const before = await top();
  assert(before > 0);
  await roomLink(page, "room 118").click();
  await page.getByRole("heading", { name: "room 118", level: 1 }).waitFor();
  assert.equal(await top(), before);

  // Back and forth by the history, from the far end of the list.
  await page.evaluate(() => document.querySelector(".sidebar-scroll")!.scrollTop = 0);
  await page.goBack();
  await page.getByRole("heading", { name: "zzz long", level: 1 }).waitFor();
  await inView(page, long);
});

test("a keyboard that covers the page leaves the composer in sight", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page);
  const show = (height: number | null) =>
    page.evaluate((height) => {
      const { prototype } = globalThis.VisualViewport;
      const original = Object.getOwnPropertyDescriptor(prototype, "height")!;
      Object.defineProperty(visualViewport, "height", {
        configurable: true,
        get: () => height ?? original.get!.call(visualViewport),
      });
      visualViewport!.dispatchEvent(new Event("resize"));
    }, height);
  const bottom = async () => {
    const box = (await composer(page).boundingBox())!;
    return box.y + box.height;
  };
  await show(420);
  assert(await bottom() <= 420, "the composer is above the keyboard");
  await still(page, "with a keyboard");
  await show(null);
  await eventually(async () => assert(await bottom() > 700, "the composer is at the end again"));
  await still(page, "after the keyboard");
});
