/** What opens in the chat lies on top of whatever floats in it, and takes the presses. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type Account, createRoom } from "../support/browser_account.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { message, open } from "../support/browser_chat.ts";

const test = browserTests();

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1440, height: 640 } };

/** A room with more than a screen that was read, and more than one that was not. */
async function roomWithUnread(author: Account, reader: Account): Promise<number> {
  const room = await createRoom(author, "garden");
  await author.call("PUT", `/rooms/${room}/members/${reader.id}`);
  for (let at = 1; at <= 60; at++) {
    await author.say(`m-${at} in the garden`, room);
    if (at === 30) await reader.call("PUT", `/rooms/${room}/read`, { seq: at });
  }
  return room;
}

/** What floats in the room and is hit at one of its points, as a press there would hit it. */
function floatingHit(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const floating = [...document.querySelectorAll(".pill, .toast, .format-bar.floating")];
    if (floating.length === 0) throw new Error("Nothing floats in the room.");
    return floating.filter((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return [[left + 6, top + 6], [(left + right) / 2, (top + bottom) / 2]].some(([x, y]) =>
        one.contains(document.elementFromPoint(x!, y!))
      );
    }).map(({ textContent }) => textContent ?? "");
  });
}

/** Points of this element at which something else would be hit. */
function covered(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const element = document.querySelector(selector)!;
    const { left, top, width, height } = element.getBoundingClientRect();
    const found: string[] = [];
    for (let row = 1; row < 20; row++) {
      for (const column of [.1, .5, .9]) {
        const hit = document.elementFromPoint(left + width * column, top + height * row / 20);
        if (!element.contains(hit)) found.push(hit?.outerHTML.slice(0, 80) ?? "outside");
      }
    }
    return found;
  }, selector);
}

async function still(page: Page, selector: string): Promise<void> {
  await page.locator(selector).evaluate((element) =>
    Promise.all(element.getAnimations().map(({ finished }) => finished))
  );
}

async function reader(stage: Stage, options: Parameters<Stage["person"]>[1]) {
  const bob = await stage.account("bob");
  const ann = await stage.person("ann", options);
  const room = await roomWithUnread(bob, ann.account);
  await open(ann.page, `/rooms/${room}`);
  await ann.page.getByRole("button", { name: /new messages$/ }).waitFor();
  return { bob, ann, room, page: ann.page };
}

test("on a phone a message's sheet lies on top of the buttons of the room, and of a notice", async (stage) => {
  const { page } = await reader(stage, PHONE);
  await message(page, "m-31 ").locator(".text").tap();
  await page.getByRole("menuitem", { name: "Copy link" }).tap();
  await page.locator(".toast").waitFor();
  await message(page, "m-31 ").locator(".text").tap();
  await page.getByRole("menu").waitFor();
  await still(page, ".menu-panel");
  assert.equal(await page.locator(".pill").count(), 2);
  assert.deepEqual(await floatingHit(page), []);
  assert.deepEqual(await covered(page, ".menu-panel"), []);
});

test("a tap beside a sheet closes it, and does nothing to what lies there", async (stage) => {
  const { page } = await reader(stage, PHONE);
  const under = (await page.getByRole("button", { name: /Show members/ }).boundingBox())!;
  await message(page, "m-31 ").locator(".text").tap();
  await page.getByRole("menu").waitFor();
  await page.touchscreen.tap(under.x + under.width / 2, under.y + under.height / 2);
  await page.getByRole("menu").waitFor({ state: "detached" });
  // What it would have opened would be there before the next menu is.
  await message(page, "m-32 ").locator(".text").tap();
  await page.getByRole("menu").waitFor();
  assert.equal(await page.getByRole("complementary", { name: "Members" }).count(), 0);
});

test("on a low screen a message's menu is whole, wherever its message stands", async (stage) => {
  const { page } = await reader(stage, DESKTOP);
  await page.locator(".pill").first().waitFor();
  const scroller = (await page.locator(".scroller").boundingBox())!;
  for (let y = scroller.y + 60; y < scroller.y + scroller.height - 10; y += 60) {
    await page.mouse.move(scroller.x + 200, y);
    await page.getByRole("button", { name: "Message actions" }).click();
    await page.getByRole("menu").waitFor();
    await still(page, ".menu-panel");
    assert.deepEqual(await covered(page, ".menu-panel"), [], `a message at ${y} px`);
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
  }
});

test("a menu stays with its message while the room is scrolled", async (stage) => {
  const { page } = await reader(stage, DESKTOP);
  const scroller = (await page.locator(".scroller").boundingBox())!;
  await page.mouse.move(scroller.x + 200, scroller.y + 60);
  const button = page.getByRole("button", { name: "Message actions" });
  await button.click();
  await page.getByRole("menu").waitFor();
  await still(page, ".menu-panel");
  const gap = async () => {
    const [above, below] = [
      await button.boundingBox(),
      await page.locator(".menu-panel").boundingBox(),
    ];
    return Math.round(below!.y - above!.y - above!.height);
  };
  const before = await gap();
  await page.locator(".scroller").evaluate((scroller) => scroller.scrollTop -= 40);
  await eventually(async () => assert.equal(await gap(), before));
});

for (const [device, options] of [["phone", PHONE], ["desktop", DESKTOP]] as const) {
  test(`on a ${device} dialogs and pickers lie on top of what floats in the room`, async (stage) => {
    const { page } = await reader(stage, options);
    await page.getByRole("button", { name: "Emoji" }).click();
    await page.getByRole("dialog").waitFor();
    await still(page, "dialog");
    assert.deepEqual(await floatingHit(page), []);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await page.getByRole("textbox", { name: /^Message / }).pressSequentially(":smil");
    await page.locator(".completions").waitFor();
    assert.deepEqual(await covered(page, ".completions"), []);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Room options" }).click();
    await page.getByRole("menu").waitFor();
    await still(page, ".menu-panel");
    assert.deepEqual(await covered(page, ".menu-panel"), []);
  });
}
