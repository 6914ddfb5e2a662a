/** Saved messages as one meets them: in a message's menu, in the sidebar, on their page. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { choose, message, open, openMenu } from "../support/browser_chat.ts";

const test = browserTests();

const mark = (page: Page, text: string) => message(page, text).getByTitle("saved");
const entry = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });
const toPage = async (page: Page) => {
  await page.getByRole("link", { name: "Saved messages" }).click();
  await page.getByRole("heading", { name: "Saved messages", level: 1 }).waitFor();
};

test("what is saved from its menu is marked in every tab, found in the list, and taken out again", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const garden = await createRoom(ann.account, "garden");
  await bob.call("PUT", `/rooms/${garden}/members/${bob.id}`);
  await bob.say("the key is under the pot", garden);
  await bob.say("and the cat is fed", garden);
  const { page } = ann;
  const other = await ann.newPage();
  await open(page, `/rooms/${garden}`);
  await open(other, `/rooms/${garden}`);

  await choose(page, "under the pot", "Save for later");
  await mark(page, "under the pot").waitFor();
  await mark(other, "under the pot").waitFor();
  assert.equal(await mark(page, "the cat is fed").count(), 0);

  await toPage(page);
  assert.equal(new URL(page.url()).pathname, "/saved");
  const saved = entry(page, "under the pot");
  assert.match(await saved.innerText(), /bob.*garden/s);
  await saved.getByRole("link", { name: "Show in the conversation" }).click();
  assert.equal(new URL(page.url()).pathname, `/rooms/${garden}/1`);
  await mark(page, "under the pot").waitFor();
  await page.goBack();
  await entry(page, "under the pot").getByRole("button", { name: "Remove from saved" }).click();
  await page.getByText("Nothing here yet.").waitFor();
  await eventually(async () => assert.equal(await mark(other, "under the pot").count(), 0));
  await page.getByRole("link", { name: "Back to the chat" }).click();
  assert.equal(new URL(page.url()).pathname, `/rooms/${garden}`);
});

test("keys save a message and take it out, and the menu says which of the two", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say("remember the milk");
  const { page } = ann;
  await open(page);
  for (const [item, count] of [["Save for later", 1], ["Remove from saved", 0]] as const) {
    await openMenu(page, "remember the milk");
    await page.getByRole("menuitem", { name: item }).focus();
    await page.keyboard.press("Enter");
    await eventually(async () =>
      assert.equal(await mark(page, "remember the milk").count(), count)
    );
  }
});

test("on a phone, without JavaScript, the pages of a long list are read to their end", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, viewport: PHONE });
  const { account, page } = ann;
  for (let at = 1; at <= 31; at++) {
    const { id } = await account.say(`note ${at}.`);
    await account.call("PUT", `/messages/${id}/save`);
  }
  await page.goto("/");
  await page.getByRole("link", { name: "Saved messages" }).click();
  await entry(page, "note 31.").waitFor();
  assert.equal(await entry(page, "note 1.").count(), 0);
  await entry(page, "note 30.").getByRole("button", { name: "Remove from saved" }).click();
  // Reading goes on behind the one that was taken out.
  assert.match(page.url(), /#saved-\d+$/);
  await entry(page, "note 1.").waitFor();
  assert.equal(await entry(page, "note 30.").count(), 0);
  await entry(page, "note 29.").getByRole("button", { name: "Remove from saved" }).click();
  const widths = await page.evaluate("[document.body.scrollWidth, innerWidth]") as number[];
  assert.ok(widths[0]! <= widths[1]!, "nothing reaches over the edge");
});

test("axe finds nothing on the saved messages, full or empty, in English or Russian", async (stage) => {
  const ann = await stage.person("ann");
  const { account, page } = ann;
  await page.goto("/saved");
  await findsNothing(page, "nothing saved");
  const direct = await stage.account("bob");
  const { id: room } = await account.call("POST", "/rooms", {
    kind: "direct",
    users: [direct.id],
  }) as { id: number };
  for (const text of ["two\nlines", "a".repeat(300), "שלום"]) {
    const { id } = await direct.say(text, room);
    await account.call("PUT", `/messages/${id}/save`);
  }
  await page.goto("/saved");
  await findsNothing(page, "saved messages");
  await account.call("PATCH", "/me", { language: "ru" });
  await page.goto("/saved");
  await page.getByRole("heading", { name: "Сохранённые", level: 1 }).waitFor();
  await findsNothing(page, "saved messages in Russian");
});
