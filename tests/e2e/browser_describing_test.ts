/** What is to be seen on pictures, said after they were sent: by menu and by keys, in both languages. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { choose, composer, message, open, openMenu } from "../support/browser_chat.ts";
import { png, sendFiles } from "../support/sent_files.ts";

const test = browserTests();

const picture = (name: string, alt = "") => ({
  name,
  type: "image/png",
  bytes: png(320, 200),
  alt,
});

test("the author describes pictures that were sent, and others are told at once and after a reload", async (stage) => {
  const { page, account } = await stage.person("ann");
  const { page: reader } = await stage.person("bob");
  const { url } = stage.program;
  await sendFiles(url, account, "m-1 the trip", [
    picture("sea.png", "The see"),
    picture("hill.png"),
  ]);
  await open(page);
  await open(reader);
  await reader.getByRole("img", { name: "The see", exact: true }).waitFor();
  await choose(page, "m-1", "Describe pictures…");
  const dialog = page.getByRole("dialog", { name: "Descriptions of pictures" });
  await findsNothing(page, "descriptions", [PHONE]);
  const sea = dialog.getByRole("textbox", { name: "Description: sea.png" });
  assert.equal(await sea.inputValue(), "The see");
  // By keys alone from here on.
  await page.keyboard.press("Control+A");
  await page.keyboard.type("The sea at noon");
  await page.keyboard.press("Tab");
  await page.keyboard.type("  A hill  ");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  for (const one of [page, reader]) {
    await message(one, "m-1").getByRole("img", { name: "The sea at noon" }).waitFor();
    await message(one, "m-1").getByRole("img", { name: "A hill", exact: true }).waitFor();
  }
  await reader.reload();
  await reader.getByRole("img", { name: "The sea at noon" }).waitFor();
});

test("who edits a message comes to its descriptions from there; who may not edit it does not", async (stage) => {
  const { page, account } = await stage.person("ann");
  const { page: reader } = await stage.person("bob");
  const { url } = stage.program;
  await sendFiles(url, account, "m-1 the trip", [picture("sea.png")]);
  await account.say("m-2 no picture");
  await open(reader);
  await openMenu(reader, "m-1");
  await reader.getByRole("menuitem", { name: "Reply" }).waitFor();
  assert.equal(await reader.getByRole("menuitem", { name: "Describe pictures…" }).count(), 0);
  await open(page);
  await openMenu(page, "m-2");
  assert.equal(await page.getByRole("menuitem", { name: "Describe pictures…" }).count(), 0);
  await page.keyboard.press("Escape");

  await choose(page, "m-1", "Edit");
  await composer(page).fill("m-1 the trip to the sea");
  const way = page.getByRole("button", { name: "Describe pictures…" });
  await findsNothing(page, "an edit of pictures", [PHONE]);
  await way.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Descriptions of pictures" });
  await dialog.getByRole("textbox", { name: /sea\.png/ }).fill("The sea");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("img", { name: "The sea", exact: true }).waitFor();
  // The focus is back, and what was being written is still there.
  await eventually(async () =>
    assert.equal(await way.evaluate((one) => document.activeElement === one), true)
  );
  await composer(page).press("Enter");
  await message(page, "m-1 the trip to the sea").getByRole("img", { name: "The sea" }).waitFor();
});

test("what cannot be told is said in the dialog, and nothing that was written is lost", async (stage) => {
  const { page, account } = await stage.person("ann");
  stage.tolerate(/ERR_INTERNET_DISCONNECTED/);
  await account.call("PATCH", "/me", { language: "ru" });
  const { url } = stage.program;
  const said = await sendFiles(url, account, "m-1", [picture("море.png")]);
  await open(page);
  await page.locator(`[data-message="${said.id}"]`).hover();
  await page.getByRole("button", { name: "Действия с сообщением" }).click();
  await page.getByRole("menuitem", { name: "Описать изображения…" }).click();
  const dialog = page.getByRole("dialog", { name: "Описания изображений" });
  const field = dialog.getByRole("textbox", { name: "Описание: море.png" });
  await field.fill("Море");
  await findsNothing(page, "описания", [PHONE]);
  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await dialog.getByRole("alert").waitFor();
  assert.equal(await field.inputValue(), "Море");
  await page.context().setOffline(false);
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("img", { name: "Море" }).waitFor();
});
