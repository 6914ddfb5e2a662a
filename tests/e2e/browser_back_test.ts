/** The browser's "back" closes what is open above the room, and leads to another room after that. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { choose, message, open, openMenu, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const title = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });
const dialogs = (page: Page) => page.getByRole("dialog");

async function gone(page: Page, role: "dialog" | "menu"): Promise<void> {
  await page.getByRole(role).waitFor({ state: "detached" });
}

/** Whether the entry of what was open has been left: that takes a moment. */
async function left(page: Page): Promise<void> {
  await eventually(async () =>
    assert.equal(await page.evaluate(() => history.state?.over ?? null), null)
  );
}

/** Somebody who came to "garden" from "general", or from the list on a phone, with a message of their own in it. */
async function inGarden(stage: Stage, options: Parameters<Stage["person"]>[1] = {}) {
  const ann = await stage.person("ann", options);
  const { page } = ann;
  const garden = await createRoom(ann.account, "garden");
  await ann.account.say("m-1 the roses", garden);
  await open(page, options.isMobile ? "/" : "/rooms/1");
  await roomLink(page, "garden").click();
  await title(page, "garden").waitFor();
  await message(page, "m-1").waitFor();
  return { ann, page, garden };
}

test("back closes any dialog and stays in the room; the next one leads to the room before", async (stage) => {
  const { page } = await inGarden(stage);
  const ways: Record<string, () => Promise<void>> = {
    "a new room": async () => {
      await page.getByRole("button", { name: "New…" }).click();
      await page.getByRole("menuitem").first().click();
    },
    "a reaction": () => choose(page, "m-1", "Another emoji"),
    "a question": () => choose(page, "m-1", "Delete"),
    "a reminder": () => choose(page, "m-1", "Remind"),
    "an emoji": () => page.getByRole("button", { name: "Emoji", exact: true }).click(),
    "a person": () => message(page, "m-1").getByRole("button", { name: "ann" }).first().click(),
  };
  for (const [what, way] of Object.entries(ways)) {
    await way();
    await dialogs(page).waitFor();
    await page.goBack();
    await gone(page, "dialog");
    assert.equal(await title(page, "garden").count(), 1, what);
  }
  // Closed in another way it leaves no entry behind.
  await ways["a question"]!();
  await dialogs(page).waitFor();
  await page.keyboard.press("Escape");
  await gone(page, "dialog");
  await left(page);
  assert.equal(await message(page, "m-1").count(), 1);
  await page.goBack();
  await title(page, "general").waitFor();
});

test("a dialog does not survive a change of room, however that comes about", async (stage) => {
  const { page, ann, garden } = await inGarden(stage);
  await choose(page, "m-1", "Delete");
  await dialogs(page).waitFor();
  await page.evaluate(() => history.go(-2));
  await title(page, "general").waitFor();
  await gone(page, "dialog");

  await roomLink(page, "garden").click();
  await title(page, "garden").waitFor();
  await choose(page, "m-1", "Delete");
  await dialogs(page).waitFor();
  // On another device.
  await ann.account.call("DELETE", `/rooms/${garden}/members/${ann.account.id}`);
  await gone(page, "dialog");
});

test("what a dialog leads to takes its place: one step back, and one is where one was", async (stage) => {
  const { page } = await inGarden(stage);
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByRole("menuitem").first().click();
  await page.getByRole("textbox", { name: "Name" }).fill("orchard");
  await page.getByRole("button", { name: "Create" }).click();
  await title(page, "orchard").waitFor();
  await gone(page, "dialog");
  await page.goBack();
  await title(page, "garden").waitFor();
  await page.goForward();
  await title(page, "orchard").waitFor();

  await page.getByRole("button", { name: "Room options" }).click();
  await page.getByRole("menuitem", { name: "Leave" }).click();
  await dialogs(page).getByRole("button", { name: "Leave" }).click();
  await gone(page, "dialog");
  await eventually(() => assert.equal(new URL(page.url()).pathname, "/"));
  await page.goBack();
  await title(page, "garden").waitFor();
});

test("on a phone back closes a message's sheet, and then what was opened from it", async (stage) => {
  const { page } = await inGarden(stage, PHONE);
  const sheet = page.getByRole("menu");
  const text = message(page, "m-1").locator(".text");
  await text.tap();
  await sheet.waitFor();
  await page.goBack();
  await gone(page, "menu");
  await title(page, "garden").waitFor();

  await text.tap();
  await page.getByRole("menuitem", { name: "Delete" }).tap();
  await dialogs(page).waitFor();
  await page.goBack();
  await gone(page, "dialog");
  await title(page, "garden").waitFor();

  await text.tap();
  await page.getByRole("menuitem", { name: "Open thread" }).tap();
  const thread = page.getByRole("complementary");
  await thread.waitFor();
  await page.goBack();
  await thread.waitFor({ state: "detached" });
  await title(page, "garden").waitFor();

  // From above a thread, one thing after the other.
  await text.tap();
  await page.getByRole("menuitem", { name: "Open thread" }).tap();
  await thread.getByText("m-1 the roses").tap();
  await sheet.waitFor();
  await page.goBack();
  await gone(page, "menu");
  assert.equal(await thread.count(), 1);
  await page.goBack();
  await thread.waitFor({ state: "detached" });
  await title(page, "garden").waitFor();
  await page.goBack();
  await roomLink(page, "garden").waitFor();
});

test("on a phone back closes the picker of emoji, and what was written stays", async (stage) => {
  const { page } = await inGarden(stage, PHONE);
  await page.getByRole("textbox", { name: /^Message / }).fill("half a thought");
  await page.getByRole("button", { name: "Emoji", exact: true }).tap();
  await dialogs(page).waitFor();
  await page.goBack();
  await gone(page, "dialog");
  assert.equal(
    await page.getByRole("textbox", { name: /^Message / }).inputValue(),
    "half a thought",
  );
});

test("forward, or a reload, to where a dialog was leaves no step that does nothing", async (stage) => {
  const { page } = await inGarden(stage);
  await choose(page, "m-1", "Delete");
  await dialogs(page).waitFor();
  await page.goBack();
  await gone(page, "dialog");
  await page.goForward();
  await left(page);
  await choose(page, "m-1", "Open thread");
  await page.getByRole("complementary", { name: /Thread/ }).waitFor();
  await page.goBack();
  await title(page, "general").waitFor();
  await page.goForward();
  await title(page, "garden").waitFor();
  await page.getByRole("complementary", { name: /Thread/ }).waitFor();

  await choose(page, "m-1", "Delete");
  await dialogs(page).waitFor();
  await page.reload();
  await message(page, "m-1").waitFor();
  await left(page);
  await page.goBack();
  await title(page, "general").waitFor();
  await page.evaluate(() => history.go(2));
  await title(page, "garden").waitFor();
  await left(page);
});

test("a menu with a place beside its button goes with the room", async (stage) => {
  const { page } = await inGarden(stage);
  await openMenu(page, "m-1");
  await page.goBack();
  await title(page, "general").waitFor();
  await gone(page, "menu");
});
