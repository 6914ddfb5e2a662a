/** Rooms: making, finding, joining and leaving them, their members, and direct conversations. */
import assert from "node:assert/strict";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, message, open, roomLink, rooms, write } from "../support/browser_chat.ts";

const test = browserTests();

test("a room is made, found by somebody else, joined, and left again", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await ann.page.getByRole("button", { name: "New…" }).click();
  await ann.page.getByRole("menuitem", { name: "Create a room" }).click();
  const create = ann.page.getByRole("dialog", { name: "Create a room" });
  await create.getByLabel("Name").fill("garden");
  await create.getByLabel("Topic").fill("Of plants and patience");
  await create.getByRole("button", { name: "Create room" }).click();
  await ann.page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
  await ann.page.getByRole("textbox", { name: "Message garden" }).waitFor();
  await write(ann.page, "m-1 the first seed");

  await rooms(bob.page).getByRole("button", { name: "Browse public rooms" }).first().click();
  const browse = bob.page.getByRole("dialog", { name: "Public rooms" });
  await browse.getByRole("searchbox").fill("gard");
  await browse.getByRole("button", { name: "Join garden" }).click();
  await browse.waitFor({ state: "detached" });
  await message(bob.page, "m-1 the first seed").waitFor();
  await roomLink(ann.page, "garden").waitFor();
  await write(bob.page, "m-2 thank you");
  await message(ann.page, "m-2 thank you").waitFor();

  await bob.page.getByRole("button", { name: "Room options" }).click();
  await bob.page.getByRole("menuitem", { name: "Leave room" }).click();
  await bob.page.getByRole("dialog", { name: "Leave garden?" })
    .getByRole("button", { name: "Leave room" }).click();
  await roomLink(bob.page, "garden").waitFor({ state: "detached" });
  // The dialog's step back comes first.
  await eventually(() => assert(!new URL(bob.page.url()).pathname.includes("/rooms/2")));
});

test("a private room is seen by those only who were added", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  const [carol] = [await stage.account("carol")];
  const room = await createRoom(ann.account, "board", "private");
  await Promise.all([open(ann.page, `/rooms/${room}`), open(bob.page)]);
  assert.equal(await roomLink(bob.page, "board").count(), 0);
  await ann.page.getByRole("button", { name: /Show members/ }).click();
  await ann.page.getByRole("button", { name: "Add people" }).click();
  const dialog = ann.page.getByRole("dialog", { name: /Add people to board/ });
  await dialog.getByRole("searchbox").fill("bob");
  await dialog.getByRole("checkbox", { name: /bob/ }).check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await roomLink(bob.page, "board").click();
  await write(bob.page, "m-1 glad to be here");
  await message(ann.page, "m-1").waitFor();
  await assert.rejects(carol.call("GET", `/rooms/${room}`), /404/);
});

test("somebody who is removed is led out of the room and hears nothing more", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  const room = await createRoom(ann.account, "garden", "private");
  await ann.account.call("PUT", `/rooms/${room}/members/${bob.account.id}`);
  const path = `/rooms/${room}`;
  await Promise.all([open(ann.page, path), open(bob.page, path)]);
  await write(ann.page, "m-1 while you are here");
  await message(bob.page, "m-1").waitFor();
  await ann.page.getByRole("button", { name: /Show members/ }).click();
  const panel = ann.page.getByRole("complementary", { name: "Members" });
  const entry = panel.getByRole("listitem").filter({ hasText: "@bob" });
  await entry.hover();
  await entry.getByRole("button", { name: "Remove bob" }).click();
  await ann.page.getByRole("dialog", { name: /Remove bob/ })
    .getByRole("button", { name: "Remove", exact: true }).click();
  await entry.waitFor({ state: "detached" });

  await roomLink(bob.page, "garden").waitFor({ state: "detached" });
  await message(bob.page, "m-1").waitFor({ state: "detached" });
  await write(ann.page, "m-2 not for bob");
  await eventually(async () => assert.equal((await ann.account.texts(room)).length, 2));
  // What reached bob at all would have come before this.
  await ann.account.say("m-3 for everybody");
  await roomLink(bob.page, "general").click();
  await message(bob.page, "m-3").waitFor();
  assert(!(await bob.page.content()).includes("m-2 not for bob"));
  stage.tolerate(/status of 404 /);
  await bob.page.goBack();
  await bob.page.getByText("That is not here, or you may not see it.").waitFor();
  await bob.page.getByRole("heading", { name: "Pick up a conversation" }).waitFor();
  assert.equal((await bob.page.goto(path))!.status(), 404);
});

test("the members panel tells who is here", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await open(ann.page);
  await ann.page.getByRole("button", { name: "Show members: 2 members" }).click();
  const entry = ann.page.getByRole("complementary", { name: "Members" })
    .getByRole("listitem").filter({ hasText: "@bob" });
  await entry.getByText("Offline").waitFor({ state: "attached" });
  await open(bob.page);
  await entry.getByText("Online").waitFor({ state: "attached" });
  await bob.page.close();
  await entry.getByText("Offline").waitFor({ state: "attached" });
});

test("a direct conversation opens for both, and only for them", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  const carol = await stage.account("carol");
  await Promise.all([open(ann.page), open(bob.page)]);
  for (const again of [false, true]) {
    await rooms(ann.page).getByRole("button", { name: "New direct message" }).click();
    const dialog = ann.page.getByRole("dialog", { name: "New direct message" });
    await dialog.getByRole("searchbox").fill("bob");
    await dialog.getByRole("checkbox", { name: /bob/ }).check();
    await dialog.getByRole("button", { name: "Start conversation" }).click();
    await ann.page.getByRole("heading", { name: "bob", level: 1 }).waitFor();
    if (!again) await write(ann.page, "m-1 between us");
    await message(ann.page, "m-1").waitFor();
  }
  await roomLink(bob.page, "ann").getByText("1 unread").waitFor();
  await roomLink(bob.page, "ann").click();
  await message(bob.page, "m-1 between us").waitFor();
  assert.equal(await rooms(ann.page).getByRole("link", { name: "bob" }).count(), 1);
  const { pathname } = new URL(bob.page.url());
  await assert.rejects(carol.call("GET", `/rooms/${pathname.split("/")[2]}`), /404/);
});

test("a room is renamed and archived before everybody's eyes", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  const room = await createRoom(ann.account, "garden");
  await ann.account.call("PUT", `/rooms/${room}/members/${bob.account.id}`);
  await Promise.all([open(ann.page, `/rooms/${room}`), open(bob.page, `/rooms/${room}`)]);
  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menuitem", { name: "Edit name, topic and picture" }).click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("orchard");
  await dialog.getByRole("button", { name: "Save" }).click();
  await bob.page.getByRole("heading", { name: "orchard", level: 1 }).waitFor();

  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menuitem", { name: "Archive room" }).click();
  await ann.page.getByRole("dialog").getByRole("button", { name: "Archive room" }).click();
  await bob.page.getByText("This room is archived. It can be read, not written to.").waitFor();
  assert.equal(await composer(bob.page).count(), 0);
});

test("on a phone one goes from the list to a room and back", async (stage) => {
  const ann = await stage.person("ann", { viewport: { width: 390, height: 844 } });
  await open(ann.page, "/");
  assert(!await composer(ann.page).isVisible());
  await roomLink(ann.page, "general").click();
  await composer(ann.page).waitFor();
  assert(!await rooms(ann.page).isVisible());
  await ann.page.getByRole("link", { name: "Back to the list of rooms" }).click();
  await rooms(ann.page).waitFor();
  await ann.page.goBack();
  await composer(ann.page).waitFor();
});
