/** A draft on two devices of one person. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, message, open, roomLink } from "../support/browser_chat.ts";
import { createRoom, PASSWORD } from "../support/browser_account.ts";

const test = browserTests();

test("what is written on one device goes on on the other, and is gone there when it was sent", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  const { page: phone } = await stage.visitor();
  await phone.goto("/login");
  await phone.getByLabel("Username").fill("ann");
  await phone.getByLabel("Password").fill(PASSWORD);
  await phone.keyboard.press("Enter");
  await phone.waitForURL(/\/(rooms\/\d+)?$/);
  const { page: desk } = ann;
  await open(desk);
  await open(phone, `/rooms/${garden}`);
  await composer(phone).fill("see you at");
  await roomLink(desk, /garden.*Draft/s).waitFor();
  await roomLink(desk, /garden/).click();
  await eventually(async () => assert.equal(await composer(desk).inputValue(), "see you at"));
  await composer(desk).fill("see you at six");
  await desk.keyboard.press("Enter");
  await message(phone, "see you at six").waitFor();
  await eventually(async () => assert.equal(await composer(phone).inputValue(), ""));
  await desk.reload();
  await message(desk, "see you at six").waitFor();
  assert.equal(await composer(desk).inputValue(), "");
});
