/** Unread again, and favourites, as one meets them: by mouse and keys, in every tab. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { findsNothing } from "../support/browser_axe.ts";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { choose, message, open, roomLink, rooms } from "../support/browser_chat.ts";

const test = browserTests();

const line = (page: Page) => page.getByText("New messages", { exact: true });
const section = (page: Page, name: string) =>
  rooms(page).locator("section").filter({ has: page.getByRole("heading", { name }) });

test("a message marked unread is so in every tab, and stays so until the room is opened again", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const garden = await createRoom(ann.account, "garden");
  await bob.call("PUT", `/rooms/${garden}/members/${bob.id}`);
  await bob.say("the key is under the pot", garden);
  await bob.say("and the cat is fed", garden);
  const { page } = ann;
  const other = await ann.newPage();
  await open(page, `/rooms/${garden}`);
  await open(other, `/rooms/1`);
  const unread = async () => {
    const { membership } = await ann.account.call("GET", `/rooms/${garden}`) as {
      membership: { unread: number };
    };
    return membership.unread;
  };
  await eventually(async () => assert.equal(await unread(), 0));

  await choose(page, "the cat is fed", "Mark as unread");
  await line(page).waitFor();
  await roomLink(other, /garden.*1 unread/s).waitFor();
  assert.equal(await unread(), 1);
  // To look at it again does not read it.
  await page.bringToFront();
  await message(page, "the cat is fed").click();
  await page.keyboard.press("Escape");
  await bob.say("and the dog", garden);
  await message(page, "and the dog").waitFor();
  await roomLink(other, /garden.*2 unread/s).waitFor();
  await roomLink(page, "general").click();
  await roomLink(page, /garden/).click();
  await line(page).waitFor();
  await eventually(async () => assert.equal(await unread(), 0));
});

test("a favourite stands first and only there, in every tab; axe finds nothing", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  const { page } = ann;
  const other = await ann.newPage();
  await open(page, `/rooms/${garden}`);
  await open(other);
  const menu = async (item: string) => {
    await page.getByRole("button", { name: "Room options" }).click();
    await page.getByRole("menuitem", { name: item }).focus();
    await page.keyboard.press("Enter");
  };
  assert.equal(await section(page, "Favourites").count(), 0);
  await menu("Add to favourites");
  for (const tab of [page, other]) {
    await section(tab, "Favourites").getByRole("link", { name: "garden" }).waitFor();
    assert.equal(await section(tab, "Rooms").getByRole("link", { name: "garden" }).count(), 0);
  }
  await findsNothing(page, "with favourites");
  await menu("Remove from favourites");
  await section(other, "Rooms").getByRole("link", { name: "garden" }).waitFor();
  await eventually(async () => assert.equal(await section(other, "Favourites").count(), 0));
});
