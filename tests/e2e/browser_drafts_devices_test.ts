/** A draft on two devices of one person. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { composer, message, open, roomLink } from "../support/browser_chat.ts";
import { createRoom, PASSWORD } from "../support/browser_account.ts";

const test = browserTests();

/** Ann's, signed in. */
async function anotherDevice(stage: Stage): Promise<Page> {
  const { page } = await stage.visitor();
  await page.goto("/login");
  await page.getByLabel("Username").fill("ann");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/(rooms\/\d+)?$/);
  return page;
}

test("what is written on one device goes on on the other, and is gone there when it was sent", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  const phone = await anotherDevice(stage);
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

test("what was written without a connection is not taken away by what is sent on another device meanwhile", async (stage) => {
  const ann = await stage.person("ann");
  const garden = await createRoom(ann.account, "garden");
  stage.tolerate(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  const phone = await anotherDevice(stage);
  const { page: desk } = ann;
  for (const page of [desk, phone]) await open(page, `/rooms/${garden}`);
  await phone.context().setOffline(true);
  await composer(phone).fill("a long thought");
  await composer(desk).fill("ok");
  await desk.keyboard.press("Enter");
  await message(desk, "ok").waitFor();
  await phone.context().setOffline(false);
  await message(phone, "ok").waitFor();
  // It comes to the desk as well, once nobody writes there.
  await eventually(async () => assert.equal(await composer(desk).inputValue(), "a long thought"));
  assert.equal(await composer(phone).inputValue(), "a long thought");
});

test("whoever sends by the button goes on writing", async (stage) => {
  const { page, account } = await stage.person("ann");
  const garden = await createRoom(account, "garden");
  await open(page, `/rooms/${garden}`);
  const send = page.locator(".composer .send");
  const isFocused = () => composer(page).evaluate((field) => field === document.activeElement);
  await composer(page).fill("by the mouse");
  await send.click();
  await message(page, "by the mouse").waitFor();
  assert.ok(await isFocused());
  await page.keyboard.type("by the keyboard");
  await send.focus();
  await page.keyboard.press("Space");
  await message(page, "by the keyboard").waitFor();
  assert.ok(await isFocused());
});
