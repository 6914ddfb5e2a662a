/** What is written without a connection, by a reader who is far from the end of the room. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { PHONE } from "../support/browser_axe.ts";
import { browserTests, eventually, type Person, type Stage } from "../support/browser.ts";
import { composer, marksOn, message, open, write } from "../support/browser_chat.ts";
import { attach, fileOf } from "../support/browser_files.ts";

const test = browserTests();

const OFFLINE = /net::ERR_INTERNET_DISCONNECTED/;

function isInView(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const around = element.closest(".scroller")!.getBoundingClientRect();
    return top >= around.top && bottom <= around.bottom;
  });
}

async function comesIntoView(page: Page, text: string): Promise<void> {
  await eventually(async () => assert(await isInView(message(page, text))));
}

/** By a link to an old message; the newest page is not loaded, and the network is gone. */
async function farAndOffline(stage: Stage, count: number): Promise<Person> {
  const ann = await stage.person("ann", { viewport: PHONE });
  for (let at = 1; at <= count; at++) await ann.account.say(`m-${at} and some words`);
  await open(ann.page, "/rooms/1/40");
  await comesIntoView(ann.page, "m-40 ");
  assert.equal(await message(ann.page, `m-${count} `).count(), 0, "the end is not loaded");
  // What is needed later has come.
  await ann.page.waitForLoadState("networkidle");
  stage.tolerate(OFFLINE);
  await ann.context.setOffline(true);
  return ann;
}

const waits = (page: Page, text: string) =>
  message(page, text).getByText("Waits for the connection");

test("what is sent offline from an old place is seen below it, and with the network the reader is at the end", async (stage) => {
  const ann = await farAndOffline(stage, 200);
  const { page } = ann;
  await write(page, "m-201 from afar");
  await comesIntoView(page, "m-201 from afar");
  await waits(page, "m-201 from afar").waitFor();
  await page.getByText("Newer messages are not loaded yet").waitFor();
  await write(page, "m-202 as well");
  await comesIntoView(page, "m-202 as well");
  await attach(page, fileOf("a.txt", 500));
  await write(page, "m-203 with a file");
  await comesIntoView(page, "m-203 with a file");
  assert.deepEqual((await marksOn(page)).slice(-3), ["m-201", "m-202", "m-203"]);

  await ann.context.setOffline(false);
  const end = ["m-198", "m-199", "m-200", "m-201", "m-202", "m-203"];
  await eventually(async () => assert.deepEqual((await marksOn(page)).slice(-6), end));
  await comesIntoView(page, "m-203 with a file");
  await page.getByText("Waits for the connection").first().waitFor({ state: "detached" });
  await page.getByText("Newer messages are not loaded yet").waitFor({ state: "detached" });
  const marks = await marksOn(page);
  assert.equal(new Set(marks).size, marks.length, "nothing is shown twice");
  await eventually(async () => {
    const texts = await ann.account.texts();
    assert.deepEqual(texts.slice(-3), ["m-201 from afar", "m-202 as well", "m-203 with a file"]);
    assert.equal(texts.filter((text) => /m-20[123]/.test(text)).length, 3);
  });
  // Led there once: whoever goes elsewhere by then is left alone.
  assert.equal(new URL(page.url()).pathname, "/rooms/1");
});

test("a text that waits for the network can be taken back, and then is not sent", async (stage) => {
  const ann = await farAndOffline(stage, 120);
  const { page } = ann;
  // Noticed: what is handed to a connection before may have arrived, and is not taken back.
  await page.getByText(/^Offline/).first().waitFor();
  await write(page, "m-121 too early");
  await comesIntoView(page, "m-121 too early");
  const back = message(page, "m-121 too early").getByRole("button", { name: "Take back" });
  await back.waitFor();
  await comesIntoView(page, "m-121 too early");
  await back.click();
  await message(page, "m-121 too early").waitFor({ state: "detached" });
  await eventually(async () => assert.equal(await composer(page).inputValue(), "m-121 too early"));
  await composer(page).fill("m-122 instead");
  await composer(page).press("Enter");
  await comesIntoView(page, "m-122 instead");

  await ann.context.setOffline(false);
  await waits(page, "m-122 instead").waitFor({ state: "detached" });
  await comesIntoView(page, "m-122 instead");
  await eventually(async () => {
    const texts = await ann.account.texts();
    assert.deepEqual(texts.slice(-2), ["m-120 and some words", "m-122 instead"]);
  });
});

test("whoever has sent nothing is where they were when the network is back", async (stage) => {
  const ann = await farAndOffline(stage, 200);
  const { page } = ann;
  await page.getByText(/^Offline/).first().waitFor();
  await page.getByRole("button", { name: "Jump to the newest messages" }).click();
  await ann.context.setOffline(false);
  await page.getByText(/^Offline/).first().waitFor({ state: "detached" });
  assert.equal(await message(page, "m-200 ").count(), 0);
});
