/** Emoji as people find them: a name that is completed while one writes, and the picker. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { composer, message, open, openMenu, write } from "../support/browser_chat.ts";

const test = browserTests();

const holds = (page: Page, text: string) =>
  eventually(async () => assert.equal(await composer(page).inputValue(), text));

async function openPicker(page: Page) {
  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Choose an emoji" });
  await dialog.getByRole("gridcell", { name: "grinning face", exact: true }).first().waitFor();
  return dialog;
}

test("while a :name: is written emoji are offered, and undo takes back what was taken", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await composer(page).pressSequentially("supper at 10:30 :hedg");
  await page.getByRole("option", { name: /hedgehog/ }).waitFor();
  await composer(page).press("Enter");
  await holds(page, "supper at 10:30 🦔 ");
  await composer(page).press("Control+z");
  await holds(page, "supper at 10:30 :hedg");
});

test("a Russian word finds an emoji in the English interface, and a whole name becomes one", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await composer(page).pressSequentially(":огон");
  await page.getByRole("option", { name: /fire :fire:/ }).waitFor();
  await composer(page).press("Tab");
  await holds(page, "🔥 ");
  await composer(page).pressSequentially(":tada");
  await page.getByRole("option", { name: /:tada:/ }).waitFor();
  await composer(page).pressSequentially(":");
  await holds(page, "🔥 🎉");
  await composer(page).pressSequentially(" no :) or :D or a:tada:b `");
  assert.equal(await page.getByRole("option").count(), 0);
  await holds(page, "🔥 🎉 no :) or :D or a:tada:b `");
});

test("the picker is used by keyboard alone, and what it gives comes to where the caret was", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await composer(page).fill("one  two");
  for (let at = 0; at < 4; at++) await composer(page).press("ArrowLeft");
  const dialog = await openPicker(page);
  const search = dialog.getByRole("combobox");
  await search.pressSequentially("heart");
  await eventually(async () => {
    const chosen = await search.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`[id="${chosen}"]`).getAttribute("aria-label"), "red heart");
  });
  await search.press("ArrowRight");
  await search.press("ArrowLeft");
  await search.press("Enter");
  await holds(page, "one ❤️ two");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await composer(page).evaluate((field) => field === document.activeElement), true);
});

test("a skin tone and the emoji used last are remembered, over a reload", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  const dialog = await openPicker(page);
  await dialog.getByRole("button", { name: "Skin tone: Yellow" }).click();
  await dialog.getByTitle("Medium", { exact: true }).click();
  await dialog.getByRole("combobox").fill("waving hand");
  await dialog.getByRole("gridcell", { name: "waving hand" }).click();
  await holds(page, "👋🏽");
  await page.reload();
  const again = await openPicker(page);
  await again.getByRole("button", { name: "Skin tone: Medium" }).waitFor();
  await again.getByText("Used lately").waitFor();
  const first = again.getByRole("gridcell").first();
  assert.equal(await first.innerText(), "👋🏽");
});

test("groups are jumped to, and only what is in sight is in the page", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  const dialog = await openPicker(page);
  await dialog.getByRole("button", { name: "Flags" }).click();
  await dialog.getByRole("gridcell", { name: "chequered flag" }).or(
    dialog.getByRole("gridcell", { name: "flag: Andorra" }),
  ).first().waitFor();
  assert.ok(await dialog.getByRole("gridcell").count() < 400);
});

test("a reaction is chosen by a word, from a message's menu", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await write(page, "m-1");
  await openMenu(page, "m-1");
  await page.getByRole("menuitem", { name: "Another emoji" }).click();
  const dialog = page.getByRole("dialog", { name: "React with an emoji" });
  await dialog.getByRole("combobox").fill("спасибо");
  await dialog.getByRole("gridcell", { name: "folded hands" }).click();
  await message(page, "m-1").getByRole("button", { name: /^🙏/ }).waitFor();
});

test("where the emoji cannot be loaded one is told so, and can try again", async (stage) => {
  const { page } = await stage.person("ann");
  stage.tolerate(/table_base/);
  await page.route("**/table_base-*", (route) => route.abort());
  await open(page);
  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  await page.getByText("The emoji could not be loaded.").waitFor();
  await page.unroute("**/table_base-*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("gridcell", { name: "grinning face", exact: true }).waitFor();
});

test("axe finds nothing in the picker, with and without a search, nor in the list of emoji", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await composer(page).pressSequentially(":heart");
  await page.getByRole("option").first().waitFor();
  await findsNothing(page, "emoji that are completed");
  await composer(page).fill("");
  const dialog = await openPicker(page);
  await dialog.getByRole("button", { name: /^Skin tone/ }).click();
  await findsNothing(page, "the picker");
  await dialog.getByRole("combobox").fill("heart");
  await dialog.getByRole("gridcell", { name: "red heart" }).waitFor();
  await findsNothing(page, "the picker with what was found");
});
