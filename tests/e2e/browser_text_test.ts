/** Texts as people really write them, as they show: their direction, their length, their emoji. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { createRoom, GENERAL } from "../support/browser_account.ts";
import { message, open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();
const WIDTHS = [390, 1440];
const LONG = Array.from({ length: 60 }, (_, at) => `line ${at} of a long story`).join("\n");

/** Where a piece of the element's text stands on the screen. */
function placeOf(element: Locator, piece: string): Promise<{ left: number; right: number }> {
  return element.evaluate((root, piece) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      const at = text.data.indexOf(piece);
      if (at === -1) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + piece.length);
      const { left, right } = range.getBoundingClientRect();
      return { left, right };
    }
    throw new Error(`"${piece}" is not there.`);
  }, piece);
}

test("each line of a message begins where its script does, and code and links stay as they are", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say(
    "m-1 שלום לכולם 123\nhello everybody!\nשלום, https://example.org/a?b=c !\nמה `a = 1;`",
  );
  await open(ann.page);
  const text = message(ann.page, "m-1").locator(".text");
  const box = (await text.boundingBox())!;
  // "m" is the first strong letter of the first line; Hebrew ones begin the third and fourth.
  assert(Math.abs((await placeOf(text, "m-1")).left - box.x) < 3);
  assert(Math.abs((await placeOf(text, "hello")).left - box.x) < 3);
  const third = await placeOf(text, "שלום,");
  assert(Math.abs(third.right - (box.x + box.width)) < 3, "the third line begins at the right");
  const link = message(ann.page, "m-1").getByRole("link", { name: /example/ });
  assert((await placeOf(link, "https")).left < (await placeOf(link, "b=c")).left);
  assert((await placeOf(link, "b=c")).right <= third.left);
  const code = message(ann.page, "m-1").locator("code");
  assert((await placeOf(code, "a =")).left < (await placeOf(code, ";")).left);
});

test("a name written from right to left turns nothing around it", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await bob.call("PATCH", "/me", { displayName: "דנה 7" });
  const room = await createRoom(ann.account, "שלום (3)", "private");
  await ann.account.call("PUT", `/rooms/${room}/members/${bob.id}`);
  await bob.say("m-1 here", room);
  const { id } = await bob.say("m-2 there", room);
  await bob.call("PUT", `/messages/${id}/reactions/${encodeURIComponent("👍")}`);
  await open(ann.page, `/rooms/${room}`);
  const title = "\u2068שלום (3)\u2069";
  await ann.page.waitForFunction((title) => document.title.includes(`${title} — Confab`), title);
  await ann.page.getByRole("textbox", { name: `Message ${title}` }).waitFor();
  const reaction = message(ann.page, "m-2").getByRole("button", { name: /^👍/ });
  assert.equal(await reaction.getAttribute("title"), "\u2068דנה 7\u2069");

  const link = roomLink(ann.page, "שלום (3)");
  const beside = await placeOf(link, "שלום");
  assert(beside.left - (await link.boundingBox())!.x < 120, "it stands beside the room's mark");

  await ann.page.getByRole("button", { name: "Room options" }).click();
  await ann.page.getByRole("menuitem", { name: "Leave room" }).click();
  const question = ann.page.getByRole("heading", { name: /^Leave/ });
  const [leave, mark] = [await placeOf(question, "Leave"), await placeOf(question, "?")];
  assert(leave.right < mark.left && mark.left > (await placeOf(question, "שלום")).left);
  await ann.page.keyboard.press("Escape");
  const composer = ann.page.getByRole("textbox", { name: /^Message/ });
  await composer.fill("שלום");
  assert.equal(await composer.evaluate((element) => getComputedStyle(element).direction), "rtl");
});

test("a long message opens where it stopped and closes again, by keyboard too, at every width", async (stage) => {
  const ann = await stage.person("ann");
  for (let at = 0; at < 20; at++) await ann.account.say(`before ${at}`);
  await ann.account.say(LONG);
  for (let at = 0; at < 6; at++) await ann.account.say(`after ${at}`);
  const other = await createRoom(ann.account, "garden");
  await ann.account.say("x", other);
  for (const width of WIDTHS) {
    await ann.page.setViewportSize({ width, height: 800 });
    await open(ann.page, `/rooms/${GENERAL}/21`);
    const long = message(ann.page, "line 0 of a long story");
    const text = long.locator(".text");
    const all = long.getByRole("button", { name: "Show all" });
    await all.waitFor();
    const folded = (await text.boundingBox())!;
    assert(folded.height < 400, `${folded.height}`);
    // From the message that was visited, the Tab key leads to the button.
    await long.locator("[data-message]").focus();
    await eventually(async () => assert.equal(await all.getAttribute("tabindex"), "0"));
    await ann.page.keyboard.press("Tab");
    await eventually(async () => {
      if (await all.evaluate((button) => button !== document.activeElement)) {
        await ann.page.keyboard.press("Tab");
        throw new Error("The button is not reached yet.");
      }
    });
    await ann.page.keyboard.press("Enter");
    const less = long.getByRole("button", { name: "Show less" });
    await less.waitFor();
    const opened = (await text.boundingBox())!;
    assert(opened.height > 1_000);
    assert(Math.abs(opened.y - folded.y) < 2, `the text moved from ${folded.y} to ${opened.y}`);
    assert(await less.evaluate((button) => button === document.activeElement));

    if (width > 800) {
      await roomLink(ann.page, "garden").click();
      await message(ann.page, "x").waitFor();
      await roomLink(ann.page, "general").click();
      await less.waitFor();
    }
    await less.scrollIntoViewIfNeeded();
    const before = (await less.boundingBox())!;
    await less.click();
    await all.waitFor();
    assert((await text.boundingBox())!.height < 400);
    assert(Math.abs((await all.boundingBox())!.y - before.y) < 40, "the button stays in reach");
  }
});

test("the Tab key that reaches a link in a folded message opens it", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say(`m-1\n${LONG}\nhttps://example.org/at-the-end`);
  await open(ann.page);
  const all = message(ann.page, "m-1").getByRole("button", { name: "Show all" });
  await all.waitFor();
  await message(ann.page, "m-1").getByRole("link", { name: /at-the-end/ }).focus();
  await all.waitFor({ state: "detached" });
});

test("a few emoji alone are large, and what is left of a deleted message is a line", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say("words");
  await ann.account.say("🎉 👩‍💻");
  const { id } = await ann.account.say("m-1 to be deleted, with a text of\nseveral\nlines");
  await ann.account.say("m-2");
  await open(ann.page);
  const size = (text: string) =>
    message(ann.page, text).locator(".text").evaluate((element) =>
      Number.parseFloat(getComputedStyle(element).fontSize)
    );
  assert(await size("🎉") >= 2 * await size("words"));
  await ann.account.call("DELETE", `/messages/${id}`);
  const gone = message(ann.page, "This message was deleted.").locator("[data-message]");
  await gone.waitFor();
  await eventually(async () => assert((await gone.boundingBox())!.height < 36));
});
