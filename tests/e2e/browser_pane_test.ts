/** What stands beside the room: the browser's history knows it, and "back" closes it on a phone. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

const PHONE = { width: 390, height: 844 };

test("on a phone the browser's back closes what lies above the room, and no more", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.setViewportSize(PHONE);
  await open(page, "/rooms/1");
  const button = page.getByRole("button", { name: /Show members/ });
  const panel = page.getByRole("complementary", { name: "Members" });
  for (let at = 0; at < 2; at++) {
    await button.click();
    await panel.waitFor();
    await page.goBack();
    await panel.waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).pathname, "/rooms/1");
  }
  // Closed by its own button, it leaves no entry behind that "back" would have to pass.
  await button.click();
  await panel.getByRole("button", { name: "Close" }).click();
  await eventually(async () =>
    assert.equal(await page.evaluate(() => history.state?.pane ?? null), null)
  );
  await page.goForward();
  await panel.waitFor();
  await page.goBack();
  await panel.waitFor({ state: "detached" });
});

test("a reload finds beside the room what stood there; another room keeps the members", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await createRoom(ann.account, "garden");
  await open(page, "/rooms/1");
  await page.getByRole("button", { name: /Show members/ }).click();
  const panel = page.getByRole("complementary", { name: "Members" });
  await panel.waitFor();
  await page.reload();
  await panel.waitFor();
  await roomLink(page, /garden/).click();
  await page.getByRole("heading", { name: "garden", level: 1 }).waitFor();
  await panel.waitFor();
  await page.reload();
  await panel.waitFor();
});
