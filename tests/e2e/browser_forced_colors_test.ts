/** High contrast: where the reader's few colours replace ours, nothing is told by ours alone. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { browserTests } from "../support/browser.ts";
import { composer, message, open, roomLink } from "../support/browser_chat.ts";
import { livelyRoom } from "../support/browser_stages.ts";

const test = browserTests();

/** What one sees of a thing beside its text. */
const looks = (one: Locator) =>
  one.evaluate((element) => {
    const {
      backgroundColor,
      backgroundImage,
      outlineStyle,
      borderInlineStart,
      textDecorationLine,
    } = getComputedStyle(element);
    return [backgroundColor, backgroundImage, outlineStyle, borderInlineStart, textDecorationLine]
      .join();
  });

test("in forced colours the open room, what is new, who is here and the focus are seen", async (stage) => {
  const { ann } = await livelyRoom(stage);
  const { page } = ann;
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  const differ = async (one: Locator, other: Locator) =>
    assert.notEqual(await looks(one.first()), await looks(other.first()));

  await differ(roomLink(page, /^general/), roomLink(page, /^random/));
  await page.getByRole("button", { name: /^Show members/ }).click();
  await page.getByRole("complementary", { name: "Members" }).getByText("@bob").waitFor();
  await differ(page.locator(".presence.online"), page.locator(".presence.offline"));

  const mine = message(page, "the small iron").locator("[data-message]");
  await differ(mine, message(page, "One more thing").locator("[data-message]"));
  await differ(mine.locator(".mention"), mine.locator(".text"));
  await differ(
    page.locator(".reaction[aria-pressed='true']"),
    page.locator(".reaction[aria-pressed='false']"),
  );

  const line = page.locator(".new-line, .day").first();
  const [drawn, ground] = await line.evaluate((one) => [
    getComputedStyle(one, "::before").backgroundColor,
    getComputedStyle(document.body).backgroundColor,
  ]);
  assert.notEqual(drawn, ground);

  const box = page.locator(".composer-box");
  await page.getByRole("button", { name: /^Show members/ }).focus();
  const without = await looks(box);
  await composer(page).focus();
  assert.notEqual(await looks(box), without);
});
