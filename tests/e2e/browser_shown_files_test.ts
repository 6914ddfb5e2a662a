/** How files stand in the conversation: long and transparent pictures, their focus, and all without a script. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import sharp from "sharp";
import { browserTests, eventually } from "../support/browser.ts";
import { message, open } from "../support/browser_chat.ts";
import { png, sendFiles } from "../support/sent_files.ts";

const test = browserTests();

/** Once it has come. */
async function sizeOf(picture: Locator): Promise<[number, number]> {
  await eventually(async () => {
    assert.ok(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0));
  });
  const { width, height } = (await picture.boundingBox())!;
  return [Math.round(width), Math.round(height)];
}

const groundOf = (place: Locator) =>
  place.evaluate((element) => getComputedStyle(element).backgroundColor);

test("a long picture is cut to its place, a transparent one has a light ground, and a ring is whole", async (stage) => {
  const { page } = await stage.person("ann", { colorScheme: "dark" });
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const picture = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({
    name,
    type: "image/png",
    bytes,
  });
  const background = { r: 0, g: 0, b: 0, alpha: 0.2 };
  const clear = new Uint8Array(
    await sharp({ create: { width: 300, height: 200, channels: 4, background } }).png().toBuffer(),
  );
  await sendFiles(url, bob, "m-1", [picture("tall.png", png(100, 2_000))]);
  await sendFiles(url, bob, "m-2", [picture("wide.png", png(2_000, 20))]);
  await sendFiles(url, bob, "m-3", [picture("clear.png", clear), picture("b.png", png(300, 200))]);
  await open(page);
  const shown = (name: string) => page.getByRole("img", { name });
  assert.deepEqual(await sizeOf(shown("tall.png")), [56, 300]);
  assert.deepEqual(await sizeOf(shown("wide.png")), [360, 56]);

  const tiles = message(page, "m-3").locator(".tile");
  assert.equal(await groundOf(tiles.first()), "rgb(234, 232, 227)");
  assert.notEqual(await groundOf(tiles.last()), "rgb(234, 232, 227)");
  await page.keyboard.press("Tab"); // a key was pressed last: the ring is shown
  await tiles.first().focus();
  const ring = await tiles.first().evaluate((tile) => {
    const { borderTopWidth, borderLeftWidth, inset } = getComputedStyle(tile, "::after");
    return [borderTopWidth, borderLeftWidth, inset];
  });
  assert.deepEqual(ring, ["2px", "2px", "0px"]);

  await tiles.first().click();
  const whole = page.locator("dialog.viewer .viewer-whole:not(.coming)");
  await whole.waitFor();
  assert.equal(await groundOf(whole), "rgb(234, 232, 227)");
});

test("without a script no place is kept for what a script would draw", async (stage) => {
  const ann = await stage.account("ann");
  const bytes = new TextEncoder().encode("words\n".repeat(40));
  await sendFiles(stage.program.url, ann, "m-1", [{ name: "a.txt", type: "text/plain", bytes }]);
  const reader = await stage.visitor({ javaScriptEnabled: false });
  await reader.context.addCookies([{ ...ann.cookie, url: stage.program.url }]);
  await reader.page.goto("/rooms/1");
  await message(reader.page, "m-1").getByText("a.txt").first().waitFor();
  const look = reader.page.locator(".first-look");
  assert.deepEqual([await look.count(), await look.isVisible()], [1, false]);
});
