/** Custom emoji as people meet them: their page, the picker, completion, texts, reactions. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { browserTests, eventually, type Person } from "../support/browser.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { composer, message, open, write } from "../support/browser_chat.ts";

const test = browserTests();

const picture = (background = "#d02040") =>
  sharp({ create: { width: 60, height: 60, channels: 3, background } }).png().toBuffer();

const sign = (page: Page, text: string, name: string) =>
  message(page, text).getByRole("img", { name: `:${name}:`, exact: true });

/** On the page, as everybody does it. */
async function addOn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Picture").setInputFiles({
    name: "picture.png",
    mimeType: "image/png",
    buffer: await picture(),
  });
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Add", exact: true }).click();
}

async function isDrawn(page: Page, text: string, name: string): Promise<void> {
  const image = sign(page, text, name).first();
  await eventually(async () =>
    assert.ok(await image.evaluate((one) => (one as HTMLImageElement).naturalWidth > 0))
  );
}

async function pair(stage: Parameters<Parameters<typeof test>[1]>[0]): Promise<[Person, Person]> {
  return [await stage.person("ann"), await stage.person("bob")];
}

test("what somebody adds is in the open pages of others at once, chosen, completed and sent; removed, its name is left", async (stage) => {
  const [ann, bob] = await pair(stage);
  await open(bob.page);
  await bob.account.say("well done :kakapo:");
  await message(bob.page, "well done :kakapo:").waitFor();

  await open(ann.page);
  await ann.page.getByRole("button", { name: "Emoji", exact: true }).click();
  await ann.page.getByRole("link", { name: "Add your own" }).click();
  await addOn(ann.page, "Kakapo");
  await ann.page.getByText("Added. Everybody can use it now.").waitFor();
  await isDrawn(bob.page, "well done", "kakapo");

  await ann.page.getByRole("link", { name: "Back to the chat" }).click();
  await isDrawn(ann.page, "well done", "kakapo");
  await composer(ann.page).pressSequentially("look :kaka");
  await ann.page.getByRole("option", { name: /:kakapo:/ }).first().waitFor();
  await composer(ann.page).press("Enter");
  assert.equal(await composer(ann.page).inputValue(), "look :kakapo: ");
  await composer(ann.page).press("Enter");
  await isDrawn(bob.page, "look", "kakapo");

  await bob.page.getByRole("button", { name: "Emoji", exact: true }).click();
  const dialog = bob.page.getByRole("dialog", { name: "Choose an emoji" });
  await dialog.getByRole("combobox").fill("kakapo");
  await dialog.getByRole("gridcell", { name: "kakapo" }).click();
  await eventually(async () => assert.equal(await composer(bob.page).inputValue(), ":kakapo:"));

  await ann.page.goto("/emoji?room=1");
  await ann.page.getByText("Remove", { exact: true }).click();
  await ann.page.getByRole("button", { name: "Remove :kakapo:" }).click();
  await ann.page.getByText("Removed.").waitFor();
  await message(bob.page, "well done :kakapo:").waitFor();
  assert.equal(await sign(bob.page, "well done", "kakapo").count(), 0);
});

test("alone it is large, in code it is its name, as a reaction it is pressed; a new page has all of it at once", async (stage) => {
  const ann = await stage.person("ann");
  await ann.page.goto("/emoji");
  await addOn(ann.page, "wombat");
  await ann.page.getByText("Added.").waitFor();
  await open(ann.page);
  await write(ann.page, ":wombat:");
  await write(ann.page, "in **bold :wombat:** and `:wombat:`");
  await isDrawn(ann.page, "in bold", "wombat");
  assert.equal(await sign(ann.page, "in bold", "wombat").count(), 1);
  assert.equal(await message(ann.page, "in bold").locator("code").innerText(), ":wombat:");
  await ann.page.locator(".text.large img").waitFor();
  const { messages } = await ann.account.call("GET", "/rooms/1/messages") as {
    messages: { id: number; text: string }[];
  };
  const { id } = messages.find(({ text }) => text === ":wombat:")!;
  await ann.account.call("PUT", `/messages/${id}/reactions/${encodeURIComponent(":wombat:")}`);
  const reaction = ann.page.getByRole("button", { name: /:wombat:\s*1/ });
  await reaction.waitFor();

  const written = await (await ann.page.request.get("/rooms/1")).text();
  assert.equal(written.match(/<img class="emoji-picture"/g)?.length, 3, "the server draws them");
  await open(ann.page);
  await reaction.click();
  await eventually(async () => assert.equal(await reaction.count(), 0));
});

test("without JavaScript, on a phone, one is added, refused by its name, and removed", async (stage) => {
  const ann = await stage.person("ann", { javaScriptEnabled: false, viewport: PHONE });
  const { page } = ann;
  await page.goto("/emoji?room=1");
  await addOn(page, "cat");
  await page.getByText("There is an emoji of this name already.").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "cat");
  await addOn(page, "a");
  await page.getByText("This cannot be a name").waitFor();
  await addOn(page, "quokka");
  await page.getByText("Added.").waitFor();
  await page.getByText(":quokka:", { exact: true }).waitFor();
  await page.getByText("Remove", { exact: true }).click();
  await page.getByRole("button", { name: "Remove :quokka:" }).click();
  await page.getByText("There are none yet.").waitFor();
});

test("axe finds nothing on the page of custom emoji, nor in a picker with some", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await page.goto("/emoji");
  await addOn(page, "numbat");
  await page.getByText("Added.").waitFor();
  await page.getByText("Remove", { exact: true }).click();
  await findsNothing(page, "the page of custom emoji");
  await open(page);
  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  await page.getByRole("gridcell", { name: "numbat" }).waitFor();
  await findsNothing(page, "the picker with custom emoji");
});
