/** A deletion taken back, and what an edited message said before, as one meets them. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { findsNothing } from "../support/browser_axe.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { choose, composer, message, open } from "../support/browser_chat.ts";

const test = browserTests();

const gone = (page: Page) => page.getByText("This message was deleted.");
async function remove(page: Page, text: string): Promise<void> {
  await choose(page, text, "Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("Message deleted.").waitFor();
}

test("a deletion is taken back by the button and by keys, for everybody, as it was", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  await ann.account.say("the key is under the pot");
  const { page } = ann;
  await open(page);
  await open(bob.page);
  await remove(page, "under the pot");
  await gone(bob.page).waitFor();
  await findsNothing(page, "with what can be taken back");
  await page.getByRole("button", { name: "Undo" }).click();
  for (const tab of [page, bob.page]) {
    await message(tab, "under the pot").waitFor();
    assert.equal(await gone(tab).count(), 0);
  }
  await remove(page, "under the pot");
  // What is being written has its own.
  await composer(page).fill("something else");
  await page.keyboard.press("Control+z");
  await gone(page).waitFor();
  await composer(page).fill("");
  await page.keyboard.press("Control+z");
  await message(bob.page, "under the pot").waitFor();
  assert.equal(await page.getByText("Message deleted.").count(), 0);
});

test("the word 'edited' opens what the message said before, with what was changed", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  const { id } = await ann.account.say("see you at five");
  await ann.account.call("PATCH", `/messages/${id}`, { text: "see you at six" });
  const { page } = bob;
  await open(page);
  await message(page, "see you at six").getByRole("button", { name: "(edited)" }).click();
  const dialog = page.getByRole("dialog", { name: "Earlier versions" });
  const versions = dialog.getByRole("listitem");
  await eventually(async () => assert.equal(await versions.count(), 2));
  assert.equal(await versions.first().locator("del").innerText(), "five");
  assert.equal(await versions.first().locator("ins").innerText(), "six");
  assert.match(await versions.last().innerText(), /At first.*see you at five/s);
  await findsNothing(page, "earlier versions");
  await ann.account.call("PATCH", `/messages/${id}`, { text: "see you at seven" });
  await eventually(async () => assert.equal(await versions.count(), 3));
  await ann.account.call("DELETE", `/messages/${id}`);
  await dialog.getByText("This message was deleted.").waitFor();
  assert.equal(await versions.count(), 0);
});
