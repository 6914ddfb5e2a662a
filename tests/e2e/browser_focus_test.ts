/** Whatever vanishes with the focus in it: the focus stays near, and never falls to the page. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { choose, message, open } from "../support/browser_chat.ts";

const test = browserTests();

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    const seq = (activeElement as HTMLElement | null)?.dataset.seq;
    if (activeElement === null || activeElement === document.body) return "nothing";
    return seq === undefined ? activeElement.id || activeElement.tagName : `message ${seq}`;
  });
}

async function focusIs(page: Page, what: string): Promise<void> {
  await eventually(async () => assert.equal(await focused(page), what));
}

test("after a deletion, or a dialog that was opened from a message, the message has the focus", async (stage) => {
  const ann = await stage.person("ann");
  const { id } = await ann.account.say("m-1");
  await ann.account.say("m-2");
  await ann.account.call("PUT", `/messages/${id}/reactions/${encodeURIComponent("👍")}`);
  await open(ann.page);

  await choose(ann.page, "m-1", "Another emoji");
  await ann.page.getByRole("dialog").waitFor();
  await ann.page.keyboard.press("Escape");
  await focusIs(ann.page, "message 1");

  // A reaction that nobody holds any more goes with the focus in it.
  await message(ann.page, "m-1").getByRole("button", { name: /^👍/ }).press("Enter");
  await message(ann.page, "m-1").getByRole("button", { name: /^👍/ }).waitFor({
    state: "detached",
  });
  await focusIs(ann.page, "message 1");

  await ann.page.mouse.move(5, 5);
  await choose(ann.page, "m-2", "Delete");
  await ann.page.mouse.move(5, 5);
  await ann.page.getByRole("dialog").getByRole("button", { name: "Delete" }).press("Enter");
  await ann.page.getByRole("dialog").waitFor({ state: "detached" });
  assert.match(await focused(ann.page), /^message/);
});

test("a button that has done its work, and a room that was left, hand over to where one writes", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const garden = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${garden}/members/${ann.account.id}`);
  for (let at = 0; at < 60; at++) await bob.say("talk", garden);
  await open(ann.page, `/rooms/${garden}`);
  await ann.page.getByRole("button", { name: "Mark all as read" }).press("Enter");
  await ann.page.getByRole("button", { name: "Mark all as read" }).waitFor({ state: "detached" });
  await focusIs(ann.page, "composer");
  await ann.page.getByRole("button", { name: "Jump to the newest messages" }).press("Enter");
  await focusIs(ann.page, "composer");

  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menuitem", { name: "Leave room" }).click();
  await ann.page.getByRole("dialog").getByRole("button", { name: "Leave room" }).press("Enter");
  await ann.page.getByText("Pick up a conversation").waitFor();
  await focusIs(ann.page, "composer");
});

test("the list of members has the focus where it covers the room, and Escape gives it back", async (stage) => {
  const ann = await stage.person("ann");
  const button = ann.page.getByRole("button", { name: /^Show members/ });
  const panel = ann.page.getByRole("complementary", { name: "Members" });
  const isBack = async () => {
    await panel.waitFor({ state: "detached" });
    assert.equal(await button.evaluate((one) => one === document.activeElement), true);
  };
  for (const width of [390, 820, 1440]) {
    await ann.page.setViewportSize({ width, height: 800 });
    await open(ann.page);
    await button.press("Enter");
    await panel.waitFor();
    if (width < 1100) await focusIs(ann.page, "members");
    else await focusIs(ann.page, "BUTTON");
    await ann.page.keyboard.press("Escape");
    await isBack();
    await button.press("Enter");
    await panel.getByRole("button", { name: "Close" }).press("Enter");
    await isBack();
  }
});

test("a press beside a dialog or a menu gives the focus back to what opened it", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  const focused = (name: RegExp) =>
    eventually(async () =>
      assert.match(
        await ann.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? ""),
        name,
      )
    );
  const emoji = ann.page.getByRole("button", { name: "Emoji", exact: true });
  await emoji.focus();
  await ann.page.keyboard.press("Enter");
  await ann.page.getByRole("dialog").waitFor();
  await ann.page.mouse.click(5, 5);
  await ann.page.getByRole("dialog").waitFor({ state: "detached" });
  await focused(/^Emoji$/);
  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menu").waitFor();
  await ann.page.locator(".scroller").click({ position: { x: 5, y: 5 } });
  await ann.page.getByRole("menu").waitFor({ state: "detached" });
  await focused(/^Room options$/);
});

test("Escape in the room's heading closes what stands beside the room", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  for (const name of [/^Topics/, /^Show members/]) {
    await ann.page.getByRole("button", { name }).click();
    await ann.page.getByRole("complementary").waitFor();
    await ann.page.keyboard.press("Escape");
    await ann.page.getByRole("complementary").waitFor({ state: "detached" });
  }
});
