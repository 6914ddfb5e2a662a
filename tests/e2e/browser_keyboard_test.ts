/** Everything is reachable by keyboard, and the focus is never lost. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, message, open, roomLink, write } from "../support/browser_chat.ts";

const test = browserTests();

/** More stops than the page has: whatever is not met by then is not reachable. */
const STOPS = 60;

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let stop = 0; stop < STOPS; stop++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${target} was not reached with ${key}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return await target.count() === 1 &&
    await target.evaluate((element) => element === document.activeElement);
}

async function waitForFocus(target: Locator): Promise<void> {
  await eventually(async () => assert(await hasFocus(target), `${target} has the focus`));
}

/** What keeps the focus from being lost is a script of its own, which comes after the page. */
async function whenWatched(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/upkeep-"))
  );
  await page.waitForLoadState("networkidle");
}

test("with the Tab key one reaches rooms, messages, their actions and the composer", async (stage) => {
  const ann = await stage.person("ann");
  await createRoom(ann.account, "garden");
  await ann.account.say("m-1");
  await ann.account.say("m-2");
  const { page } = ann;
  await open(page);
  await waitForFocus(composer(page));

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the message box" });
  await tabTo(page, skip);
  await page.keyboard.press("Enter");
  await waitForFocus(composer(page));

  await tabTo(page, message(page, "m-2").locator("[data-message]"), "Shift+Tab");
  await page.keyboard.press("ArrowUp");
  await waitForFocus(message(page, "m-1").locator("[data-message]"));
  const actions = message(page, "m-1").getByRole("button", { name: "Message actions" });
  await tabTo(page, actions);
  await page.keyboard.press("Enter");
  await waitForFocus(page.getByRole("menuitem").first());
  await page.keyboard.press("Escape");
  await waitForFocus(actions);

  await tabTo(page, roomLink(page, "garden"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
  await waitForFocus(composer(page));
});

test("Tab leads on from a message's actions to where one writes: nobody is caught in the list", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say("m-1");
  const { page } = ann;
  await open(page);
  await message(page, "m-1").waitFor();
  await whenWatched(page);
  await tabTo(page, message(page, "m-1").locator("[data-message]"), "Shift+Tab");
  await tabTo(page, message(page, "m-1").getByRole("button", { name: "Message actions" }));
  await page.keyboard.press("Tab");
  await waitForFocus(composer(page));
});

test("a message is answered, changed and deleted by keyboard alone", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await page.keyboard.type("m-1 by keys");
  await page.keyboard.press("Enter");
  await message(page, "m-1").getByRole("link", { name: /\d/ }).waitFor();
  const pick = async (text: string, item: string) => {
    await tabTo(page, message(page, text).locator("[data-message]"), "Shift+Tab");
    await tabTo(page, message(page, text).getByRole("button", { name: "Message actions" }));
    await page.keyboard.press("Enter");
    const target = page.getByRole("menuitem", { name: item });
    await target.waitFor();
    await tabTo(page, target, "ArrowDown");
    await page.keyboard.press("Enter");
  };
  await pick("m-1", "Edit");
  await waitForFocus(page.getByRole("textbox", { name: "Editing message" }));
  await page.keyboard.type(", edited");
  await page.keyboard.press("Enter");
  await message(page, "m-1 by keys, edited").waitFor();

  await pick("m-1", "Delete");
  const question = page.getByRole("dialog", { name: "Delete this message?" });
  // What cannot be undone is not what Enter does at once.
  await waitForFocus(question.getByRole("button", { name: "Cancel" }));
  await tabTo(page, question.getByRole("button", { name: "Delete" }));
  await page.keyboard.press("Enter");
  await page.getByText("This message was deleted.").waitFor();
  await eventually(async () => assert.deepEqual(await ann.account.texts(), [""]));
});

test("Escape closes a dialog, and the focus is where it was", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await page.getByRole("button", { name: "New…" }).first().focus();
  const direct = page.getByRole("button", { name: "New direct message" }).first();
  await tabTo(page, direct);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New direct message" });
  await dialog.waitFor();
  for (let stop = 0; stop < 30; stop++) await page.keyboard.press("Tab");
  const outside = await page.evaluate(() =>
    document.activeElement !== document.body && !document.activeElement?.closest("dialog")
  );
  assert(!outside, "the focus left the dialog");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await waitForFocus(direct);

  const browse = page.getByRole("button", { name: "Browse public rooms" }).first();
  await tabTo(page, browse, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Public rooms" }).waitFor();
  await page.keyboard.press("Escape");
  await waitForFocus(browse);
});

test("Escape in an empty search field closes its dialog, where the browser keeps the key, too", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await page.getByRole("button", { name: "Browse public rooms" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByRole("searchbox");
  await waitForFocus(field);
  // As Safari has it: the page hears of the key, and the browser does nothing for it.
  const escape = () =>
    field.evaluate((element) =>
      element.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }),
      )
    );
  await field.fill("gar");
  assert.equal(await escape(), true, "there it clears the field");
  await field.fill("");
  assert.equal(await escape(), false);
  await dialog.waitFor({ state: "detached" });
});

test("the settings are reached, changed and left by keyboard alone", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  stage.tolerate(/status of 422 .*\/settings\/profile/);
  await open(page);
  await tabTo(page, page.getByRole("link", { name: "Settings" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  const name = page.getByLabel("Display name");
  await name.waitFor();
  await tabTo(page, name);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await page.getByText("Please fill this in.").waitFor();
  await waitForFocus(name);
  await page.keyboard.type("Ann by keys");
  await page.keyboard.press("Enter");
  await waitForFocus(page.getByText("Saved."));
  await tabTo(page, page.getByRole("link", { name: "Back to the chat" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /Ann by keys/ }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/rooms/1");
});

test("the focus is visible wherever it goes", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await ann.account.say("m-1");
  await open(page);
  const bare: string[] = [];
  for (let stop = 0; stop < 25; stop++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return null;
      // A text area may leave the ring to the box around it.
      let shown: HTMLElement | null = element;
      for (let up = 0; up < 3 && shown; up++, shown = shown.parentElement) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
        const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
        if (ring || (up > 0 && boxShadow !== "none")) return null;
      }
      return element.outerHTML.slice(0, 120);
    });
    if (found !== null) bare.push(found);
  }
  assert.deepEqual(bare, []);
});

test("new messages by others are announced to listeners", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await write(bob.page, "m-1 listen");
  const announced = ann.page.getByRole("status").filter({ hasText: "bob: m-1 listen" });
  await announced.waitFor({ state: "attached" });
  await message(bob.page, "m-1 listen").waitFor();
  assert.equal(
    await bob.page.getByRole("status").filter({ hasText: "m-1 listen" }).count(),
    0,
  );
});

test("the arrows lead from a dialog's search field to what it found, and back", async (stage) => {
  const ann = await stage.person("ann");
  await createRoom(ann.account, "garden");
  const { page } = ann;
  await open(page);
  await page.getByRole("button", { name: "Browse public rooms" }).click();
  const field = page.getByRole("dialog").getByRole("searchbox");
  await waitForFocus(field);
  const hits = page.getByRole("dialog").getByRole("button", { name: /^Open / });
  await hits.nth(1).waitFor();
  await page.keyboard.press("ArrowUp");
  await waitForFocus(field);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await waitForFocus(hits.nth(1));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await waitForFocus(field);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("under a list of members that covers a phone's window, nothing is reached by keys", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/rooms/1");
  const button = page.getByRole("button", { name: /Show members/ });
  await button.focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Members" });
  await waitForFocus(panel);
  await page.keyboard.press("Shift+Tab");
  const inRoom = () =>
    page.evaluate(() => document.activeElement?.closest(".room, .sidebar-place") !== null);
  assert.equal(await inRoom(), false);
  await panel.getByText("@ann").click();
  await page.keyboard.press("Escape");
  await waitForFocus(button);
  assert.equal(await page.locator("[inert]").count(), 0);
  await page.keyboard.press("Enter");
  await waitForFocus(panel);
  await page.setViewportSize({ width: 1440, height: 844 });
  await eventually(async () => assert.equal(await page.locator("[inert]").count(), 0));
});
