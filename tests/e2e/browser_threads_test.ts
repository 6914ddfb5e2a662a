/** Threads as people use them: beside the room and above it, on two devices, with and without a line. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { type Account, createRoom, GENERAL, type SaidMessage } from "../support/browser_account.ts";
import { composer, message, messageList, open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

const pane = (page: Page, name: string | RegExp = "Thread") =>
  page.getByRole("complementary", { name });
const replies = (page: Page) => page.getByRole("list", { name: "The thread's messages" });
const field = (page: Page) => page.getByRole("textbox", { name: "Reply in thread" });
const line = (page: Page) => page.getByRole("button", { name: /repl(y|ies)/ });

async function answer(who: Account, to: number, text: string, more = {}, room = GENERAL) {
  const body = { text, replyTo: to, ...more };
  return await who.call("POST", `/rooms/${room}/messages`, body) as SaidMessage;
}

/** Ann looks at the room, where Bob has asked something. */
async function asked(stage: Stage) {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const question = await bob.say("Where do the boards go?");
  await open(ann.page);
  await message(ann.page, "Where do the boards go?").waitFor();
  return { ann, page: ann.page, bob, question };
}

test("a message is answered beside the room; the root says how many answered, and when", async (stage) => {
  const { page, bob, question } = await asked(stage);
  await message(page, "Where do the boards go?").locator("[data-message]").hover();
  await message(page, "Where do the boards go?").getByRole("button", { name: "Open thread" })
    .first().click();
  await field(page).fill("Into the office");
  await field(page).press("Enter");
  await replies(page).getByText("Into the office").waitFor();
  await message(page, "Into the office").waitFor();
  await line(page).getByText("1 reply, just now").waitFor();
  // What is for the thread alone stands there, and not in the room.
  await page.getByRole("checkbox", { name: /Only in the thread/ }).check();
  await field(page).fill("By the window, between us");
  await field(page).press("Enter");
  await replies(page).getByText("By the window, between us").waitFor();
  await line(page).getByText("2 replies").waitFor();
  assert.equal(await messageList(page).getByText("By the window, between us").count(), 0);
  await answer(bob, question.id, "Good idea");
  await replies(page).getByText("Good idea").waitFor();
  await line(page).getByText("3 replies").waitFor();
  await composer(page).waitFor();
});

test("a reply in the room leads to its thread, and the thread to its place in the room", async (stage) => {
  const { page, bob, question } = await asked(stage);
  await answer(bob, question.id, "To the cellar, I would say");
  const reply = message(page, "To the cellar, I would say");
  await reply.getByRole("button", { name: "Open thread" }).first().click();
  await replies(page).getByText("To the cellar").waitFor();
  await pane(page).getByRole("button", { name: "in general" }).click();
  await eventually(() => assert.equal(new URL(page.url()).pathname, `/rooms/1/${question.seq}`));
  await page.keyboard.press("Escape");
});

test("what is new in one's threads is marked until it is read, on every device", async (stage) => {
  const { ann, page, bob } = await asked(stage);
  const own = await ann.account.say("Lunch at one?");
  const garden = await createRoom(ann.account, "garden");
  await open(page, `/rooms/${garden}`);
  await answer(bob, own.id, "Yes, gladly", { threadOnly: true });
  const mine = page.getByRole("button", { name: /^Threads/ });
  await mine.getByText("1", { exact: true }).waitFor();
  await roomLink(page, /general.*1 thread with something new/).waitFor();
  const other = await ann.newPage();
  await open(other, `/rooms/${garden}`);
  await other.getByRole("button", { name: /^Threads/ }).getByText("1", { exact: true }).waitFor();
  await mine.click();
  await pane(page, "Threads").getByRole("button", { name: /Lunch at one\?.*Yes, gladly/s }).click();
  await replies(page).getByText("Yes, gladly").waitFor();
  await roomLink(page, "general").waitFor();
  await eventually(async () => {
    assert.equal(await other.getByRole("button", { name: "Threads", exact: true }).count(), 1);
    assert.equal(await mine.getByText("1", { exact: true }).count(), 0);
  });
});

test("a thread with a title is a topic of its room", async (stage) => {
  const { page, bob, question } = await asked(stage);
  await page.getByRole("button", { name: "Topics" }).click();
  await pane(page, "Topics").getByText("No topics yet").waitFor();
  await answer(bob, question.id, "Somewhere dry");
  await message(page, "Somewhere dry").getByRole("button", { name: "Open thread" }).first().click();
  await field(page).fill("In the office");
  await field(page).press("Enter");
  await replies(page).getByText("In the office").waitFor();
  await pane(page).getByRole("button", { name: "Give it a title" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Title" }).fill("Where the boards live");
  await dialog.getByRole("button", { name: "Save" }).click();
  await pane(page, "Where the boards live").waitFor();
  await page.getByRole("button", { name: "Topics" }).click();
  await pane(page, "Topics").getByRole("button", { name: /Where the boards live.*In the office/s })
    .click();
  await pane(page, "Where the boards live").getByRole("button", { name: "Change the title" })
    .click();
  await dialog.getByRole("textbox", { name: "Title" }).fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await pane(page, "Thread").waitFor();
});

test("a link to a message of a thread opens it, also where it is for the thread alone", async (stage) => {
  const { page, bob, question } = await asked(stage);
  const seen = await answer(bob, question.id, "in the room as well");
  const hidden = await answer(bob, question.id, "in the thread alone", { threadOnly: true });
  for (const [seq, text] of [[hidden.seq, "in the thread alone"], [seen.seq, "as well"]] as const) {
    await open(page, `/rooms/1/${seq}`);
    const marked = replies(page).locator(`[data-seq="${seq}"]`);
    await marked.getByText(text).waitFor();
    await eventually(async () => assert.match(await marked.getAttribute("class") ?? "", /marked/));
  }
});

test("what is written in a thread without a connection waits, and is sent once there is one", async (stage) => {
  const { ann, page, bob, question } = await asked(stage);
  await answer(bob, question.id, "Somewhere dry");
  await message(page, "Somewhere dry").getByRole("button", { name: "Open thread" }).first().click();
  await replies(page).getByText("Somewhere dry").waitFor();
  stage.tolerate(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  await ann.context.setOffline(true);
  await page.getByRole("checkbox", { name: /Only in the thread/ }).check();
  await field(page).fill("written under ground");
  await field(page).press("Enter");
  await replies(page).getByText("written under ground").waitFor();
  await answer(bob, question.id, "said meanwhile", { threadOnly: true });
  await ann.context.setOffline(false);
  await replies(page).getByText("said meanwhile").waitFor();
  await eventually(async () => {
    assert.deepEqual(
      (await bob.call("GET", `/messages/${question.id}/thread`) as {
        messages: { text: string; threadOnly?: true }[];
      }).messages.map(({ text, threadOnly }) => [text, threadOnly ?? false]),
      [
        ["Somewhere dry", false],
        ["said meanwhile", true],
        ["written under ground", true],
      ],
    );
  });
  assert.equal(await messageList(page).getByText("written under ground").count(), 0);
});

test("a draft in a thread is the thread's own, and is there after a reload", async (stage) => {
  const { page, bob, question } = await asked(stage);
  await answer(bob, question.id, "Somewhere dry");
  await message(page, "Somewhere dry").getByRole("button", { name: "Open thread" }).first().click();
  await field(page).fill("not quite finished");
  await composer(page).fill("for the room");
  await page.reload();
  await eventually(async () => {
    assert.equal(await field(page).inputValue(), "not quite finished");
    assert.equal(await composer(page).inputValue(), "for the room");
  });
});

test("what was begun in a thread is kept where one may no longer write", async (stage) => {
  const { page, account } = await stage.person("ann");
  const bob = await stage.account("bob");
  const room = await createRoom(bob, "garden");
  await account.call("PUT", `/rooms/${room}/members/${account.id}`);
  await bob.say("Beans or peas?", room);
  await open(page, `/rooms/${room}`);
  await message(page, "Beans or peas?").locator("[data-message]").hover();
  await message(page, "Beans or peas?").getByRole("button", { name: "Open thread" }).click();
  await field(page).fill("not yet sent");
  await bob.call("PATCH", `/rooms/${room}`, { archived: true });
  const kept = pane(page).getByRole("region", { name: "What you had written" });
  await kept.getByText("not yet sent").waitFor();
  await findsNothing(page, "a text kept in a thread");
  await kept.getByRole("button", { name: "Discard" }).click();
  await kept.waitFor({ state: "detached" });
  await pane(page).getByText("Beans or peas?").waitFor();
});

test("one follows a thread, and no longer", async (stage) => {
  const { page, bob, question } = await asked(stage);
  await answer(bob, question.id, "Somewhere dry");
  await message(page, "Somewhere dry").getByRole("button", { name: "Open thread" }).first().click();
  const follow = pane(page).getByRole("button", { name: "Follow this thread" });
  for (const [before, after] of [["false", "true"], ["true", "false"]]) {
    await eventually(async () => assert.equal(await follow.getAttribute("aria-pressed"), before));
    await follow.click();
    await eventually(async () => assert.equal(await follow.getAttribute("aria-pressed"), after));
  }
});

test("on a phone a thread lies above the room, and the browser's back leads down again", async (stage) => {
  const { page, bob, question } = await asked(stage);
  await answer(bob, question.id, "Somewhere dry");
  await page.setViewportSize(PHONE);
  await line(page).click();
  await replies(page).getByText("Somewhere dry").waitFor();
  const box = await pane(page).boundingBox();
  assert.deepEqual([box?.x, box?.width], [0, PHONE.width]);
  await page.goBack();
  await pane(page).waitFor({ state: "detached" });
  await message(page, "Somewhere dry").waitFor();
});

test("axe finds nothing in a thread, in one's threads and among topics", async (stage) => {
  const { page, bob, ann, question } = await asked(stage);
  await answer(bob, question.id, "Somewhere dry");
  await answer(ann.account, question.id, "In the office", { threadOnly: true });
  await bob.call("PATCH", `/messages/${question.id}/thread`, { title: "Boards" });
  await line(page).click();
  await replies(page).getByText("In the office").waitFor();
  await findsNothing(page, "a thread");
  await page.getByRole("button", { name: "Topics" }).click();
  await pane(page, "Topics").getByRole("list").waitFor();
  await findsNothing(page, "topics");
  await page.getByRole("button", { name: /^Threads/ }).click();
  await pane(page, "Threads").getByRole("list").waitFor();
  await findsNothing(page, "one's threads");
});
