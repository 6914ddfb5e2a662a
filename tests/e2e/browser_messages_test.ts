/** What can be done with a message: change, delete, react, answer; and what others see of it. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import {
  choose,
  composer,
  message,
  open,
  openMenu,
  seesMarks,
  write,
} from "../support/browser_chat.ts";

const test = browserTests();

test("arrow up edits the last message, and the others see the change", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await write(ann.page, "m-1 first");
  await write(ann.page, "m-2 with a tpyo");
  await message(bob.page, "m-2").waitFor();
  await message(ann.page, "m-2").getByText("Sending…").waitFor({ state: "detached" });

  await composer(ann.page).press("ArrowUp");
  const editing = ann.page.getByRole("textbox", { name: "Editing message" });
  assert.equal(await editing.inputValue(), "m-2 with a tpyo");
  const later = ann.page.getByRole("button", { name: "Send later" });
  await later.waitFor({ state: "detached" });
  await editing.press("Escape");
  await editing.waitFor({ state: "detached" });
  assert.equal(await composer(ann.page).inputValue(), "");
  await later.waitFor();

  await composer(ann.page).press("ArrowUp");
  await editing.fill("m-2 without");
  await editing.press("Enter");
  for (const { page } of [ann, bob]) {
    await message(page, "m-2 without").getByText("(edited)").waitFor();
    await seesMarks(page, ["m-1", "m-2"]);
  }
  assert.equal(await composer(ann.page).inputValue(), "");
});

test("a message is deleted after a question, and leaves its place to everyone", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await write(ann.page, "m-1 regretted");
  await message(bob.page, "m-1").waitFor();

  await choose(ann.page, "m-1", "Delete");
  const question = ann.page.getByRole("dialog", { name: "Delete this message?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "detached" });
  await eventually(async () => assert.deepEqual(await ann.account.texts(), ["m-1 regretted"]));

  await choose(ann.page, "m-1", "Delete");
  await question.getByRole("button", { name: "Delete" }).click();
  for (const { page } of [ann, bob]) {
    await page.getByText("This message was deleted.").waitFor();
    assert.equal(await message(page, "m-1").count(), 0);
  }
});

test("what one may not do with a message is not offered", async (stage) => {
  const [owner, bob] = [await stage.account("owner"), await stage.person("bob")];
  await owner.say("m-1 by somebody else");
  await open(bob.page);
  await openMenu(bob.page, "m-1");
  const menu = bob.page.getByRole("menu", { name: "Message actions" });
  await menu.getByRole("menuitem", { name: "Reply" }).waitFor();
  assert.equal(await menu.getByRole("menuitem", { name: "Edit" }).count(), 0);
  assert.equal(await menu.getByRole("menuitem", { name: "Delete" }).count(), 0);
});

test("a message's menu is in sight wherever the message stands, and however low the window is", async (stage) => {
  const { page, account } = await stage.person("ann");
  for (let at = 1; at <= 9; at++) await account.say(`m-${at}`);
  await open(page);
  for (const height of [720, 560, 420]) {
    await page.setViewportSize({ width: 1280, height });
    for (const mark of ["m-9", "m-7", "m-5"]) {
      await openMenu(page, mark);
      for (const item of ["Reply", "Edit", "Delete"]) {
        // Tried only: it would have to be where a pointer reaches it.
        await page.getByRole("menuitem", { name: item, exact: true }).click({ trial: true });
      }
      await page.keyboard.press("Escape");
    }
  }
});

test("a reaction is counted, seen by the others, and taken back by a second press", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await write(ann.page, "m-1 good news");
  await message(bob.page, "m-1").waitFor();
  await choose(bob.page, "m-1", "React with 🎉");
  const seen = (page: typeof ann.page) => message(page, "m-1").getByRole("button", { name: /^🎉/ });
  await seen(ann.page).waitFor();
  assert.equal(await seen(bob.page).getAttribute("aria-pressed"), "true");
  assert.equal(await seen(ann.page).getAttribute("aria-pressed"), "false");
  await seen(ann.page).click();
  await eventually(async () => assert.match(await seen(bob.page).innerText(), /2/));
  await seen(bob.page).click();
  await eventually(async () => assert.match(await seen(ann.page).innerText(), /1/));
  await seen(ann.page).click();
  for (const { page } of [ann, bob]) await seen(page).waitFor({ state: "detached" });
});

test("any emoji can be a reaction, and what is none is refused", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  await write(ann.page, "m-1");
  await choose(ann.page, "m-1", "Another emoji");
  const dialog = ann.page.getByRole("dialog", { name: "React with an emoji" });
  const search = dialog.getByRole("combobox");
  await search.fill("nothing like it");
  await dialog.getByText("No emoji found.").waitFor();
  await search.press("Enter");
  assert(await dialog.isVisible());
  await search.fill("🦔");
  await dialog.getByRole("gridcell", { name: "hedgehog" }).waitFor();
  await search.press("Enter");
  await message(ann.page, "m-1").getByRole("button", { name: /^🦔/ }).waitFor();
});

test("a reply quotes what it answers and leads back to it", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await ann.account.say("m-1 a question");
  for (let at = 2; at <= 40; at++) await ann.account.say(`m-${at}`);
  await Promise.all([open(ann.page), open(bob.page)]);
  await message(bob.page, "m-1 a question").scrollIntoViewIfNeeded();
  await choose(bob.page, "m-1 a question", "Reply");
  await bob.page.getByText("Replying to ann").waitFor();
  await write(bob.page, "m-41 the answer");
  const quote = message(ann.page, "m-41 the answer").getByRole("link", { name: /^Reply to\s+ann/ });
  assert.match(await quote.innerText(), /m-1 a question/);
  assert.equal(await bob.page.getByText("Replying to ann").count(), 0);
  await quote.click();
  await eventually(async () => {
    const box = await message(ann.page, "m-1 a question").first().boundingBox();
    assert(box && box.y > 0 && box.y < 700);
  });
});

test("while an @name is written people are offered, and the chosen one is mentioned", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bobby")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await composer(ann.page).pressSequentially("m-1 for @bo");
  await ann.page.getByRole("option", { name: /bobby/ }).waitFor();
  await composer(ann.page).press("Enter");
  await eventually(async () => {
    assert.equal(await composer(ann.page).inputValue(), "m-1 for @bobby ");
  });
  await composer(ann.page).press("Enter");
  await message(bob.page, "m-1 for @bobby").waitFor();
  const sent = await bob.account.call("GET", "/rooms/1/messages") as {
    messages: { mentions: number[] }[];
  };
  assert.deepEqual(sent.messages[0]!.mentions, [bob.account.id]);
});

test("a text over the limit is not sent, and a counter says by how much", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  await composer(ann.page).fill("x".repeat(8_003));
  await ann.page.getByText("3 characters too many").waitFor();
  await composer(ann.page).press("Enter");
  assert(await ann.page.getByRole("button", { name: "Send", exact: true }).isDisabled());
  await composer(ann.page).fill("x".repeat(8_000));
  await ann.page.getByText("0 characters left").waitFor();
  await composer(ann.page).press("Enter");
  await eventually(async () => {
    assert.deepEqual((await ann.account.texts()).map((text) => text.length), [8_000]);
  });
});

test("the author of a quote is cut only where there is no room, and then after the text", async (stage) => {
  const ann = await stage.person("ann");
  const displayName = "Annabella Maria Lindqvist-Oberholzer";
  await ann.account.call("PATCH", "/me", { displayName });
  const first = await ann.account.say("why?");
  const long = await ann.account.say("why ".repeat(100));
  for (const { id } of [first, long]) {
    await ann.account.call("POST", "/rooms/1/messages", { text: "because", replyTo: id });
  }
  await open(ann.page);
  for (const width of [1280, 600]) {
    await ann.page.setViewportSize({ width, height: 800 });
    const quotes = ann.page.getByRole("link", { name: /^Reply to/ });
    assert.equal(await quotes.count(), 2);
    for (const quote of await quotes.all()) {
      const cut = await quote.getByText(displayName).evaluate((author) =>
        author.scrollWidth > author.clientWidth
      );
      assert.equal(cut, false, `at ${width}`);
    }
  }
});
