/** People one can click: their card, what they say of themselves, who has seen what, looking in. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, message, messageList, open, roomLink, write } from "../support/browser_chat.ts";

const test = browserTests();

/** For looking at the views: where `PEOPLE_SHOTS` names a folder. */
async function shot(page: import("playwright-core").Page, name: string): Promise<void> {
  const folder = Deno.env.get("PEOPLE_SHOTS");
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

test("a name, a picture and a mention open the card; from it one writes to somebody", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  await bob.account.say("hello @ann");
  await ann.account.say("hello @bob");
  await open(ann.page);
  const card = ann.page.getByRole("dialog", { name: "Bob" });
  await message(ann.page, "hello @ann").getByRole("button", { name: "Bob" }).click();
  await card.getByText("@bob").waitFor();
  await shot(ann.page, "card");
  await ann.page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });

  await message(ann.page, "hello @bob").getByRole("button", { name: "@bob" }).click();
  await card.getByRole("button", { name: "Mention" }).click();
  await eventually(async () => assert.equal(await composer(ann.page).inputValue(), "@bob "));
  assert.ok(await composer(ann.page).evaluate((field) => field === document.activeElement));
  await composer(ann.page).fill("");

  await message(ann.page, "hello @ann").locator(".avatar").click();
  await card.getByRole("button", { name: "Message" }).click();
  await ann.page.waitForURL(/\/rooms\/\d+$/);
  await ann.page.getByRole("heading", { level: 1, name: "Bob" }).waitFor();
});

test("the keyboard opens a card and comes back to the name", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  await bob.say("m-1");
  await open(ann.page);
  const name = message(ann.page, "m-1").getByRole("button", { name: "Bob" });
  await name.focus();
  await ann.page.keyboard.press("Enter");
  await ann.page.getByRole("dialog", { name: "Bob" }).waitFor();
  await ann.page.keyboard.press("Escape");
  assert.ok(await name.evaluate((one) => one === document.activeElement));
});

test("in the list of members Enter opens the card of whoever has the focus", async (stage) => {
  const ann = await stage.person("ann");
  await stage.account("bob");
  await open(ann.page);
  await ann.page.getByRole("button", { name: /Show members/ }).click();
  const panel = ann.page.getByRole("complementary", { name: "Members" });
  const row = panel.getByRole("listitem").filter({ hasText: "@bob" });
  await row.focus();
  await ann.page.keyboard.press("Enter");
  await ann.page.getByRole("dialog", { name: "bob" }).waitFor();
  await ann.page.keyboard.press("Escape");
  assert.ok(await row.evaluate((one) => one === document.activeElement));
});

test("a status is set with two clicks, others see it at once, and it ends by itself", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  await ann.account.say("m-1");
  await open(ann.page);
  await open(bob.page);
  await ann.page.getByRole("button", { name: "Your status" }).click();
  const dialog = ann.page.getByRole("dialog", { name: "Set a status" });
  await shot(ann.page, "status");
  await dialog.getByRole("button", { name: /Having lunch/ }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await message(bob.page, "m-1").getByRole("img", { name: "Having lunch" }).waitFor();
  await message(bob.page, "m-1").getByRole("button", { name: "Ann" }).click();
  const card = bob.page.getByRole("dialog", { name: "Ann" });
  await card.getByText("Having lunch").waitFor();
  await card.getByText(/^until /).waitFor();
  await shot(bob.page, "card_status");
  await bob.page.keyboard.press("Escape");

  const until = Date.now() + 1_500;
  await ann.account.call("PATCH", "/me", { status: { emoji: "🚌", text: "On the bus", until } });
  await message(bob.page, "m-1").getByRole("img", { name: "On the bus" }).waitFor();
  await message(bob.page, "m-1").getByRole("img").waitFor({ state: "detached" });
  await eventually(async () => {
    const { users } = await bob.account.call("GET", "/users?q=ann") as {
      users: { status: unknown }[];
    };
    assert.equal(users[0]!.status, null);
  });
});

test("in a direct conversation one sees when the other has seen the last message", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  await open(ann.page);
  await ann.page.getByRole("button", { name: "New direct message" }).click();
  const dialog = ann.page.getByRole("dialog", { name: "New direct message" });
  await dialog.getByRole("searchbox").fill("bob");
  await ann.page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Take Bob off the list" }).waitFor();
  await shot(ann.page, "direct");
  await ann.page.keyboard.press("Enter");
  await ann.page.getByRole("heading", { level: 1, name: "Bob" }).waitFor();
  await write(ann.page, "m-1");
  await ann.page.getByText("Not seen yet").waitFor();
  await shot(ann.page, "unseen");
  await open(bob.page);
  await roomLink(bob.page, /ann/i).click();
  await message(bob.page, "m-1").waitFor();
  await ann.page.getByText(/^Seen at \d/).waitFor();
  await shot(ann.page, "seen");
});

test("a public room can be looked at before one joins it, and joined from there", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  const room = await bob.account.call("POST", "/rooms", {
    kind: "public",
    name: "garden",
    topic: "Beans",
  }) as { id: number };
  await bob.account.call("POST", `/rooms/${room.id}/messages`, { text: "m-1" });
  await open(ann.page);
  await ann.page.getByRole("button", { name: "Browse public rooms" }).click();
  await ann.page.getByRole("button", { name: /^garden.+member/ }).click();
  const list = ann.page.getByRole("list", { name: "The last messages in garden" });
  await list.getByText("m-1").waitFor();
  await shot(ann.page, "preview");
  // Also after a reload, and for whoever was sent its address.
  await open(ann.page, `/rooms/${room.id}/1`);
  await list.getByText("m-1").waitFor();
  await eventually(async () => assert.equal(await ann.page.title(), "garden — Confab"));
  await ann.page.getByRole("button", { name: "Join", exact: true }).click();
  await messageList(ann.page).getByText("m-1").waitFor();
  await write(ann.page, "m-2");
  await message(ann.page, "m-2").waitFor();
});

test("in a room of one's own one adds people at its beginning", async (stage) => {
  const ann = await stage.person("ann");
  const room = await ann.account.call("POST", "/rooms", {
    kind: "private",
    name: "attic",
  }) as { id: number };
  await open(ann.page, `/rooms/${room.id}`);
  await shot(ann.page, "empty");
  await ann.page.getByRole("button", { name: "Add people" }).click();
  await ann.page.getByRole("dialog", { name: /Add people to/ }).waitFor();
});
