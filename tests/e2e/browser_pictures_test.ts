/** Choosing a picture of oneself and of a room, in the browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { browserTests, eventually } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

/** Left half red, right half blue. */
async function halves() {
  const half = (background: string) => ({
    create: { width: 300, height: 300, channels: 3 as const, background },
  });
  const red = await sharp(half("#ff0000")).png().toBuffer();
  const both = sharp({ create: { ...half("#0000ff").create, width: 600 } })
    .composite([{ input: red, left: 0, top: 0 }]);
  const buffer = await both.png().toBuffer();
  return { name: "halves.png", mimeType: "image/png", buffer };
}

/** The middle of what an address shows. */
async function middle(page: Page, path: string): Promise<number[]> {
  const response = await page.context().request.get(new URL(path, page.url()).href);
  const { data, info } = await sharp(await response.body()).removeAlpha().raw()
    .toBuffer({ resolveWithObject: true });
  const at = (info.width * info.height / 2 + info.width / 2) * 3;
  return [...data.subarray(at, at + 3)];
}

const avatarIn = (page: Page) => page.locator(".own-picture .avatar img");

async function shot(page: Page, name: string): Promise<void> {
  const folder = Deno.env.get("PICTURE_SHOTS");
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

test("one's own picture is chosen, cut by the keys and shown everywhere; another tab sees it at once", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  await ann.account.say("hello");
  await open(bob.page);
  const { page } = ann;
  await page.goto("/settings/profile");
  await page.getByLabel("Picture", { exact: true }).setInputFiles(await halves());
  const dialog = page.getByRole("dialog", { name: "Choose the part that is shown" });
  await dialog.waitFor();
  await shot(page, "crop");
  // The picture is twice as wide as it is high: its right end is blue alone.
  for (let times = 0; times < 12; times++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByText("Saved.").waitFor();
  await shot(page, "profile");
  const path = (await avatarIn(page).getAttribute("src"))!;
  const [red, , blue] = await middle(page, path);
  assert.ok(red! < 60 && blue! > 190, `${red} ${blue}`);
  await bob.page.locator(`.message .avatar img[src="${path}"]`).waitFor();
  await page.getByRole("button", { name: "Remove the picture" }).click();
  // "Saved." stands on the page that the button leaves, too.
  await avatarIn(page).waitFor({ state: "detached" });
  await page.getByText("Saved.").waitFor();
});

test("dragging moves the picture, and who closes the dialog keeps the one they had", async (stage) => {
  const { page } = await stage.person("ann");
  await page.goto("/settings/profile");
  const field = page.getByLabel("Picture", { exact: true });
  await field.setInputFiles(await halves());
  const area = page.getByRole("application");
  const box = (await area.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + box.width, y, { steps: 4 });
  await page.mouse.up();
  const colour = () =>
    area.evaluate((canvas: HTMLCanvasElement) =>
      [...canvas.getContext("2d")!.getImageData(160, 160, 1, 1).data].slice(0, 3)
    );
  assert.deepEqual(await colour(), [255, 0, 0]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await eventually(async () => assert.equal(await field.inputValue(), ""));
  assert.equal(await avatarIn(page).count(), 0);
});

test("a room's picture is set in its dialog, seen by its members at once, and removed", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.person("bob");
  const room = await createRoom(ann.account, "Garden");
  await bob.account.call("PUT", `/rooms/${room}/members/${bob.account.id}`);
  await open(bob.page);
  const { page } = ann;
  await open(page, `/rooms/${room}`);
  await page.getByRole("button", { name: "Room options" }).click();
  await page.getByRole("menuitem", { name: "Edit name, topic and picture" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit name, topic and picture" });
  const choosing = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Choose a picture" }).click();
  await (await choosing).setFiles(await halves());
  await page.getByRole("button", { name: "Use this" }).click();
  await dialog.locator(".room-mark img").waitFor();
  await shot(page, "room");
  await roomLink(bob.page, "Garden").locator(".room-mark img").waitFor();
  await dialog.getByRole("button", { name: "Remove the picture" }).click();
  await dialog.locator(".room-mark img").waitFor({ state: "detached" });
  await eventually(async () =>
    assert.equal(await roomLink(bob.page, "Garden").locator(".room-mark img").count(), 0)
  );
});
