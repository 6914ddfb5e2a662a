/** Reading: what is new, older pages with the place kept, permalinks, the way to the newest. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { type Account, createRoom } from "../support/browser_account.ts";
import { PHONE } from "../support/browser_axe.ts";
import { browserTests, eventually } from "../support/browser.ts";
import {
  marksOn,
  message,
  messageList,
  open,
  roomLink,
  seesMarks,
  write,
} from "../support/browser_chat.ts";

const test = browserTests();

/** The most that a message may move while pages are put above it, pixels. */
const STEADY = 5;

async function seed(author: Account, count: number): Promise<void> {
  for (let at = 1; at <= count; at++) await author.say(`m-${at} and some words`);
}

function marks(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `m-${from + at}`);
}

/** What was to move has moved. */
function nextFrames(page: Page): Promise<void> {
  return page.evaluate(() =>
    new Promise((resolve) =>
      requestAnimationFrame(() =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      )
    )
  );
}

async function topOf(locator: Locator): Promise<number> {
  const box = await locator.boundingBox();
  assert(box, "the message is on the page");
  return box.y;
}

/** Holds back older pages until it is told to let them through. */
async function holdOlderPages(page: Page): Promise<{ asked: Promise<void>; release(): void }> {
  let release = () => {};
  let ask = () => {};
  const released = new Promise<void>((resolve) => release = resolve);
  const asked = new Promise<void>((resolve) => ask = resolve);
  await page.route(/\/messages\?.*before=/, async (route) => {
    ask();
    await released;
    await route.continue();
  });
  return { asked, release };
}

test("older pages come when one scrolls up, the place is kept, and the page stays small", async (stage) => {
  const ann = await stage.person("ann");
  await seed(ann.account, 300);
  await open(ann.page);
  await seesMarks(ann.page, marks(251, 300));
  const pages = await holdOlderPages(ann.page);
  await message(ann.page, "m-252 ").scrollIntoViewIfNeeded();
  await pages.asked;
  const anchor = message(ann.page, "m-255 ");
  const before = await topOf(anchor);
  pages.release();
  await eventually(async () => assert((await marksOn(ann.page)).includes("m-240")));
  const after = await topOf(anchor);
  assert(Math.abs(after - before) < STEADY, `it moved from ${before} to ${after}`);

  // On to the beginning and back to the end, with the wheel as a person does: nothing is left out.
  await messageList(ann.page).hover();
  for (const [by, end] of [[-1500, "m-1"], [1500, "m-300"]] as const) {
    const met = new Set(await marksOn(ann.page));
    await eventually(async () => {
      await ann.page.mouse.wheel(0, by);
      const here = await marksOn(ann.page);
      const first = Number(here[0]!.slice(2));
      assert.deepEqual(here, marks(first, first + here.length - 1));
      assert(here.length <= 200, `${here.length} messages in the page`);
      for (const mark of here) met.add(mark);
      assert(met.has(end));
    }, 60_000);
    assert.equal(met.size, by < 0 ? 300 : met.size);
    if (by < 0) await ann.page.getByText("This is the beginning of general").waitFor();
  }
});

test("new messages do not move a reader who has scrolled up", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await seed(ann.account, 60);
  await open(ann.page);
  const anchor = message(ann.page, "m-30 ");
  await anchor.scrollIntoViewIfNeeded();
  await seesMarks(ann.page, marks(1, 60));
  const before = await topOf(anchor);
  await bob.say("m-61 and some words");
  await message(ann.page, "m-61 ").waitFor({ state: "attached" });
  const after = await topOf(anchor);
  assert(Math.abs(after - before) < STEADY, `it moved from ${before} to ${after}`);
  await ann.page.getByRole("button", { name: /1 new message/ }).click();
  await eventually(async () => assert(await inView(message(ann.page, "m-61 "))));
});

function inView(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}

test("a permalink shows its message, marked, and one can read on in both directions", async (stage) => {
  const ann = await stage.person("ann");
  await seed(ann.account, 200);
  await open(ann.page, "/rooms/1/100");
  const place = message(ann.page, "m-100 ");
  await eventually(async () => assert(await inView(place)));
  assert.equal(await ann.page.locator("[data-seq='100'].marked").count(), 1);
  assert.equal(await message(ann.page, "m-200 ").count(), 0);

  await messageList(ann.page).hover();
  await eventually(async () => {
    await ann.page.mouse.wheel(0, 3000);
    assert((await marksOn(ann.page)).includes("m-200"));
  });
  const read = await marksOn(ann.page);
  assert.deepEqual(read, marks(200 - read.length + 1, 200));
});

test("a link leads to its message and stays there, also where older ones are unread", async (stage) => {
  const ann = await stage.person("ann", { viewport: PHONE });
  const bob = await stage.account("bob");
  await seed(bob, 60);
  await ann.account.call("PUT", "/rooms/1/read", { seq: 10 });
  const isIn = async (name: string) => assert(await inView(message(ann.page, name)));
  for (const at of [20, 59]) {
    await open(ann.page, `/rooms/1/${at}`);
    await eventually(() => isIn(`m-${at} `));
    // What comes meanwhile, and another size of the window, lead nowhere else.
    await bob.say(`also at ${at}`);
    if (at === 59) await message(ann.page, `also at ${at}`).waitFor();
    for (const height of [500, PHONE.height]) {
      await ann.page.setViewportSize({ ...PHONE, height });
      await nextFrames(ann.page);
      await isIn(`m-${at} `);
    }
  }
});

test("from an old place one jumps to the newest, also by writing", async (stage) => {
  const ann = await stage.person("ann");
  await seed(ann.account, 200);
  await open(ann.page, "/rooms/1/50");
  await eventually(async () => assert(await inView(message(ann.page, "m-50 "))));
  await ann.page.getByRole("button", { name: "Jump to the newest messages" }).click();
  await eventually(async () => assert(await inView(message(ann.page, "m-200 "))));

  await open(ann.page, "/rooms/1/50");
  await eventually(async () => assert(await inView(message(ann.page, "m-50 "))));
  await write(ann.page, "m-201");
  await eventually(async () => assert(await inView(message(ann.page, "m-201"))));
});

test("whoever went on from a permalink stays there over a reload", async (stage) => {
  const ann = await stage.person("ann");
  await seed(ann.account, 200);
  const path = () => new URL(ann.page.url()).pathname;
  for (const way of ["button", "writing"] as const) {
    await open(ann.page, "/rooms/1/50");
    await eventually(async () => assert(await inView(message(ann.page, "m-50 "))));
    assert.equal(path(), "/rooms/1/50");
    if (way === "writing") await write(ann.page, "m-201");
    else await ann.page.getByRole("button", { name: "Jump to the newest messages" }).click();
    const newest = message(ann.page, way === "writing" ? "m-201" : "m-200 ");
    await eventually(async () => assert(await inView(newest)));
    await eventually(() => Promise.resolve(assert.equal(path(), "/rooms/1")));
    await open(ann.page, path());
    await eventually(async () => assert(await inView(newest)));
  }
});

test("a permalink to what is not there says so", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const hidden = await createRoom(bob, "secret", "private");
  await bob.say("not for ann", hidden);
  stage.tolerate(/status of 404 /);
  for (const path of [`/rooms/${hidden}`, `/rooms/${hidden}/1`, "/rooms/99"]) {
    const response = await ann.page.goto(path);
    assert.equal(response!.status(), 404, path);
    assert(!(await ann.page.content()).includes("not for ann"));
  }
});

test("unread messages are counted by room, and opening it clears the count", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const garden = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${garden}/members/${ann.account.id}`);
  await open(ann.page);
  for (const mark of ["m-1", "m-2"]) await bob.say(mark, garden);
  await roomLink(ann.page, "garden").getByText("2 unread").waitFor();
  await bob.say("m-3 for @ann", garden);
  await roomLink(ann.page, "garden").getByText("1 that mention you").waitFor();
  await eventually(async () => assert.match(await ann.page.title(), /^\(1\) /));
  // The counts are the server's, and so the same after a reload.
  await open(ann.page);
  await roomLink(ann.page, "garden").getByText("1 that mention you").waitFor();

  await roomLink(ann.page, "garden").click();
  await seesMarks(ann.page, ["m-1", "m-2", "m-3"]);
  await roomLink(ann.page, "general").click();
  await roomLink(ann.page, "garden").getByText(/unread|mention/).waitFor({ state: "detached" });
  await eventually(async () => assert.doesNotMatch(await ann.page.title(), /^\(/));
  // The server hears of it a moment later.
  await eventually(async () => assert.equal(await unreadOf(ann.account, garden), 0));
  await open(ann.page);
  assert.equal(await roomLink(ann.page, "garden").getByText(/unread|mention/).count(), 0);
});

async function unreadOf(account: Account, id: number): Promise<number> {
  const room = await account.call("GET", `/rooms/${id}`) as { membership: { unread: number } };
  return room.membership.unread;
}

test("a line tells where the new messages begin", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const garden = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${garden}/members/${ann.account.id}`);
  const read = await bob.say("m-1", garden);
  await ann.account.call("PUT", `/rooms/${garden}/read`, { seq: read.seq });
  await bob.say("m-2", garden);
  await bob.say("m-3", garden);
  await open(ann.page, `/rooms/${garden}`);
  await ann.page.getByText("New messages", { exact: true }).waitFor();
  assert.match(await messageList(ann.page).innerText(), /m-1[^]*New messages[^]*m-2[^]*m-3/i);
  await message(ann.page, "m-2").locator("[data-message]").hover();
  const tools = ann.page.locator(".tools");
  await tools.getByRole("button").first().waitFor();
  const line = (await ann.page.getByText("New messages", { exact: true }).boundingBox())!;
  const { y } = (await tools.boundingBox())!;
  assert(y >= line.y + line.height, "the tools of the message do not cover the line's words");
  await roomLink(ann.page, "general").click();
  await roomLink(ann.page, "garden").click();
  await seesMarks(ann.page, ["m-1", "m-2", "m-3"]);
  assert.equal(await ann.page.getByText("New messages", { exact: true }).count(), 0);
});

test("what is read in one tab is read in the other", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const garden = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${garden}/members/${ann.account.id}`);
  await open(ann.page);
  const { seq } = await bob.say("m-1", garden);
  await roomLink(ann.page, "garden").getByText("1 unread").waitFor();
  await ann.account.call("PUT", `/rooms/${garden}/read`, { seq });
  await roomLink(ann.page, "garden").getByText("1 unread").waitFor({ state: "detached" });
});
