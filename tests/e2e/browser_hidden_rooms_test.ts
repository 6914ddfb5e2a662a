/** Conversations that are hidden or left, and a list with more rooms than it holds. */
import assert from "node:assert/strict";
import { LISTED } from "../../lib/protocol/limits.ts";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { composer, message, open, roomLink, rooms, write } from "../support/browser_chat.ts";
import { addCrowd, addDirectRooms } from "../support/crowd.ts";

const test = browserTests();

async function choose(page: Parameters<typeof open>[0], item: string): Promise<void> {
  await page.getByRole("button", { name: "Room options" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function pair(stage: Stage) {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  const made = await ann.account.call("POST", "/rooms", {
    kind: "direct",
    users: [bob.account.id],
  });
  return { ann, bob, id: (made as { id: number }).id };
}

test("a direct message shows to the other when something was said, not before", async (stage) => {
  const { ann, bob, id } = await pair(stage);
  await Promise.all([open(ann.page, `/rooms/${id}`), open(bob.page)]);
  await composer(ann.page).waitFor();
  assert.equal(await roomLink(bob.page, "ann").count(), 0);
  await write(ann.page, "m-1");
  await roomLink(bob.page, "ann").getByText("1", { exact: true }).waitFor();
  await roomLink(bob.page, "ann").click();
  await message(bob.page, "m-1").waitFor();
  await write(bob.page, "m-2");
  await message(ann.page, "m-2").waitFor();
});

test("a conversation is hidden, found again among the others, and comes back by itself", async (stage) => {
  const { ann, bob, id } = await pair(stage);
  await ann.account.say("m-1", id);
  await open(bob.page, `/rooms/${id}`);
  await message(bob.page, "m-1").waitFor();
  const tablet = await stage.visitor();
  await tablet.context.addCookies([{ ...bob.account.cookie, url: stage.program.url }]);
  await open(tablet.page, "/rooms/1");
  await roomLink(tablet.page, "ann").waitFor();

  await choose(bob.page, "Hide conversation");
  for (const { page } of [bob, tablet]) await roomLink(page, "ann").waitFor({ state: "detached" });
  await rooms(bob.page).getByRole("button", { name: "More conversations…" }).click();
  await bob.page.getByRole("dialog").getByRole("button", { name: "Open ann" }).click();
  await message(bob.page, "m-1").waitFor();
  await roomLink(tablet.page, "ann").waitFor();

  await choose(bob.page, "Hide conversation");
  await roomLink(bob.page, "ann").waitFor({ state: "detached" });
  await ann.account.say("m-2", id);
  for (const { page } of [bob, tablet]) {
    await roomLink(page, "ann").getByText("1", { exact: true }).waitFor();
  }
  await roomLink(bob.page, "ann").click();
  await message(bob.page, "m-2").waitFor();

  // Its address opens it, too, wherever it is.
  await choose(bob.page, "Hide conversation");
  await roomLink(bob.page, "ann").waitFor({ state: "detached" });
  await open(bob.page, `/rooms/${id}`);
  await message(bob.page, "m-2").waitFor();
  await roomLink(bob.page, "ann").waitFor();
});

test("a group is left, and stays with the others", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  const carol = await stage.account("carol");
  const made = await ann.account.call("POST", "/rooms", {
    kind: "direct",
    users: [bob.account.id, carol.id],
  });
  const { id } = made as { id: number };
  await ann.account.say("m-1", id);
  await Promise.all([open(ann.page, `/rooms/${id}`), open(bob.page, `/rooms/${id}`)]);
  await ann.page.getByRole("heading", { name: "bob, carol", level: 1 }).waitFor();
  await choose(bob.page, "Leave conversation");
  await bob.page.getByRole("dialog").getByRole("button", { name: "Leave conversation" }).click();
  await roomLink(bob.page, "ann, carol").waitFor({ state: "detached" });
  await ann.page.getByRole("heading", { name: "carol", level: 1, exact: true }).waitFor();
  await write(ann.page, "m-2");
  await message(ann.page, "m-2").waitFor();
  await eventually(async () => assert.equal((await carol.texts(id)).at(-1), "m-2"));
});

test("a list that holds no more says so, and the rest is found, opened and told of", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const crowd = await addCrowd(stage.program.dataDir, LISTED.rooms + 150);
  const made = await addDirectRooms(stage.program.dataDir, ann.account.id, crowd);
  const { page } = ann;
  await open(page);
  const links = rooms(page).getByRole("link");
  await eventually(async () => assert(await links.count() > 50));
  assert(await links.count() <= LISTED.rooms);
  assert.match(await page.title(), /^\(\d+\+\) /);

  await rooms(page).getByRole("button", { name: "More conversations…" }).click();
  const dialog = page.getByRole("dialog", { name: "More conversations" });
  const found = dialog.getByRole("listitem");
  await eventually(async () => assert.equal(await found.count(), 50));
  await dialog.getByRole("button", { name: "Show more" }).click();
  await eventually(async () => assert.equal(await found.count(), 100));
  await dialog.getByRole("searchbox").fill("crowd-0001");
  await dialog.getByRole("button", { name: "Open Crowd Member 1", exact: true }).click();
  await message(page, "buy this").waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${made[0]}`);
  await roomLink(page, "Crowd Member 1").first().waitFor();

  // A room that is not in the list comes into it with what is said there.
  const direct = await bob.call("POST", "/rooms", { kind: "direct", users: [ann.account.id] });
  await bob.say("m-1", (direct as { id: number }).id);
  await roomLink(page, "bob").waitFor();
});
