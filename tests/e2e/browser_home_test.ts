/** Where the chat opens by itself: beside the list the last room, on a phone the list. */
import assert from "node:assert/strict";
import { createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, message, open, roomLink, rooms } from "../support/browser_chat.ts";

const test = browserTests();

test("/ opens the room of the last visit, also in another browser of the same person", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  await ann.account.say("m-1", garden);
  const { page } = ann;
  await open(page);
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/api/me/room"));
  await roomLink(page, "garden").click();
  await message(page, "m-1").waitFor();
  assert.equal((await kept).status(), 204);

  await open(page, "/");
  await message(page, "m-1").waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${garden}`);
  assert(await composer(page).isVisible());

  const elsewhere = await stage.visitor();
  await elsewhere.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  await open(elsewhere.page, "/");
  await message(elsewhere.page, "m-1").waitFor();
});

test("/ is never an empty page first, and needs no script", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  await ann.account.say("m-1", garden);
  await ann.account.call("PUT", "/me/room", { room: garden });
  const plain = await stage.visitor({ javaScriptEnabled: false });
  await plain.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  for (const [width, room] of [[390, false], [820, true], [1440, true]] as const) {
    await plain.page.setViewportSize({ width, height: 800 });
    await plain.page.goto("/");
    assert.equal(await message(plain.page, "m-1").isVisible(), room, `the room at ${width} px`);
    assert.equal(await roomLink(plain.page, "garden").isVisible(), true);
  }
});

test("on a phone / is the list, reads nothing, and Back leads to it", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const garden = await createRoom(ann.account, "garden");
  await bob.call("PUT", `/rooms/${garden}/members/${bob.id}`);
  await ann.account.call("PUT", "/me/room", { room: garden });
  await bob.say("m-1", garden);
  const { page } = ann;
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page, "/");
  await rooms(page).waitFor();
  assert.equal(new URL(page.url()).pathname, "/");
  assert.equal(await composer(page).count(), 0);
  // What the list says is what the server knows: nobody has seen the message.
  await roomLink(page, "garden").getByText("1", { exact: true }).waitFor();
  const unread = await ann.account.call("GET", `/rooms/${garden}`) as {
    membership: { unread: number };
  };
  assert.equal(unread.membership.unread, 1);

  await roomLink(page, "garden").click();
  await message(page, "m-1").waitFor();
  await page.goBack();
  await roomLink(page, "garden").waitFor();
  await eventually(async () => assert.equal(await composer(page).count(), 0));
  assert.equal(new URL(page.url()).pathname, "/");
});
