/**
 * Coming back to what was written meanwhile: one lands at the first unread message, nothing moves
 * while one reads, and only what was on the screen is read. Marks are asked of the server.
 */
import assert from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
import { type Account, createRoom } from "../support/browser_account.ts";
import { browserTests, eventually, type Person } from "../support/browser.ts";
import { composer, connected, message, open, roomLink, write } from "../support/browser_chat.ts";
import { type Sight, sightOf } from "../support/browser_sight.ts";

const test = browserTests();

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
/** Pixels by which something may move and still stand. */
const STEADY = 3;

interface Membership {
  readSeq: number;
  unread: number;
}

async function membershipOf(account: Account, room: number): Promise<Membership> {
  const answer = await account.call("GET", `/rooms/${room}`) as { membership: Membership };
  return answer.membership;
}

/** A room with `read` messages that everybody has read, and `unread` ones after them. */
async function roomWith(
  author: Account,
  readers: Account[],
  name: string,
  unread: number,
): Promise<{ room: number; readSeq: number }> {
  const room = await createRoom(author, name);
  for (const { call, id } of readers) await call("PUT", `/rooms/${room}/members/${id}`);
  await say(author, room, 40, "read before");
  const { head } = await author.call("GET", `/rooms/${room}`) as { head: number };
  for (const { call } of readers) await call("PUT", `/rooms/${room}/read`, { seq: head });
  await say(author, room, unread, "written meanwhile");
  return { room, readSeq: head };
}

async function say(author: Account, room: number, count: number, text: string): Promise<void> {
  for (let done = 0; done < count; done += 25) {
    const some = Array.from({ length: Math.min(25, count - done) }, () => author.say(text, room));
    await Promise.all(some);
  }
}

/** The first unread message is in sight under its line, with a little of what was read above it. */
async function landsAt(page: Page, first: number): Promise<Sight> {
  return await eventually(async () => {
    const sight = await sightOf(page);
    assert.equal(sight.afterLine, first);
    assert(sight.line !== null && sight.line > 0 && sight.line < sight.height / 2, `${sight.line}`);
    assert(sight.first < first && sight.last >= first, `${sight.first}–${sight.last}`);
    assert(sight.above <= 50 && sight.count <= 200, `${sight.above} of ${sight.count}`);
    return sight;
  });
}

/** What the server takes for read is what was on the screen, and stays so. */
async function readsOnlyWhatIsSeen(person: Person, room: number): Promise<void> {
  const asSeen = async () => {
    const { last } = await sightOf(person.page);
    assert.equal((await membershipOf(person.account, room)).readSeq, last);
  };
  await eventually(asSeen);
  // What would run ahead would have done so by now: pages beyond the screen have long come.
  await eventually(async () => assert((await sightOf(person.page)).count > 60));
  await asSeen();
}

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
  test(`on a ${device} one lands at the first of any number of unread messages, by link and by click`, async (stage) => {
    const bob = await stage.account("bob");
    const [linked, clicked] = [
      await stage.person("linked", options),
      await stage.person("clicked", options),
    ];
    const readers = [linked.account, clicked.account];
    await open(clicked.page, "/");
    for (const unread of [51, 130, 1_010]) {
      const name = `room ${unread}`;
      const { room, readSeq } = await roomWith(bob, readers, name, unread);
      await open(linked.page, `/rooms/${room}`);
      if (device === "phone") await open(clicked.page, "/");
      await roomLink(clicked.page, name).click();
      for (const person of [linked, clicked]) {
        await landsAt(person.page, readSeq + 1);
        await readsOnlyWhatIsSeen(person, room);
      }
    }
  });
}

test("one unread message, and none: the end is in sight, and everything is read", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { room, readSeq } = await roomWith(bob, [ann.account], "garden", 1);
  await open(ann.page, `/rooms/${room}`);
  await eventually(async () => {
    const sight = await sightOf(ann.page);
    assert.deepEqual([sight.afterLine, sight.last], [readSeq + 1, readSeq + 1]);
    assert.equal((await membershipOf(ann.account, room)).unread, 0);
  });
  await open(ann.page, `/rooms/${room}`);
  const sight = await sightOf(ann.page);
  assert.deepEqual([sight.line, sight.last], [null, readSeq + 1]);
});

test("the line stands still while pages and messages come, and a reload finds the rest", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { room, readSeq } = await roomWith(bob, [ann.account], "garden", 130);
  await open(ann.page, `/rooms/${room}`);
  const before = await landsAt(ann.page, readSeq + 1);
  await eventually(async () => assert((await sightOf(ann.page)).count > before.above + 60));
  await say(bob, room, 3, "just now");
  const pill = ann.page.getByRole("button", { name: /new messages$/ });
  await pill.filter({ hasText: `${133 - (before.last - readSeq)} new messages` }).waitFor();
  const after = await sightOf(ann.page);
  assert(Math.abs(after.line! - before.line!) < STEADY, `from ${before.line} to ${after.line}`);

  const { readSeq: mark } = await membershipOf(ann.account, room);
  await open(ann.page, `/rooms/${room}`);
  await landsAt(ann.page, mark + 1);
  // Coming back to a room that is loaded still.
  await readsOnlyWhatIsSeen(ann, room);
  const { readSeq: next } = await membershipOf(ann.account, room);
  await roomLink(ann.page, "general").click();
  await ann.page.getByRole("heading", { name: "general", exact: true }).waitFor();
  await roomLink(ann.page, "garden").click();
  await landsAt(ann.page, next + 1);
});

test("whoever jumps to the end has not read what is above; a button reads all, on all devices", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { room, readSeq } = await roomWith(bob, [ann.account], "garden", 130);
  const phone = await stage.visitor(PHONE);
  await phone.context.addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  await open(phone.page, "/rooms/1");
  await open(ann.page, `/rooms/${room}`);
  const { last } = await landsAt(ann.page, readSeq + 1);
  await ann.page.getByRole("button", { name: /new messages$/ }).click();
  await eventually(async () => assert.equal((await sightOf(ann.page)).last, readSeq + 130));
  const above = ann.page.getByRole("button", { name: /new messages above$/ });
  await above.filter({ hasText: `${130 - (last - readSeq)} new` }).waitFor();
  // One's own message neither.
  await write(ann.page, "mine, below all that");
  await message(ann.page, "mine, below all that").waitFor();
  await above.waitFor();
  assert.equal((await membershipOf(ann.account, room)).readSeq, last);
  await above.click();
  await landsAt(ann.page, last + 1);

  await ann.page.getByRole("button", { name: "Mark all as read" }).click();
  await eventually(async () => assert.equal((await membershipOf(ann.account, room)).unread, 0));
  await open(phone.page, "/");
  await roomLink(phone.page, "garden").waitFor();
  assert.equal(await roomLink(phone.page, "garden").getByText(/unread/).count(), 0);
});

test("what came below the screen is told of however near it is, and the button shows all of it", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const room = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${room}/members/${ann.account.id}`);
  await say(bob, room, 158, "from the beginning on");
  const { head } = await bob.call("GET", `/rooms/${room}`) as { head: number };
  await open(ann.page, `/rooms/${room}`);
  await ann.page.mouse.move(640, 300);
  // Read to the end, so many messages stand in the page as ever do; what comes goes beyond them.
  await eventually(async () => {
    await ann.page.mouse.wheel(0, 250);
    assert.equal((await membershipOf(ann.account, room)).readSeq, head);
  });
  for (const [up, before] of [[900, 0], [150, 5], [60, 10]] as const) {
    await eventually(async () => {
      await ann.page.mouse.wheel(0, -up);
      assert((await sightOf(ann.page)).last < head + before);
    });
    await say(bob, room, 5, "just now");
    await ann.page.getByRole("button", { name: "5 new messages", exact: true }).click();
    await eventually(async () => {
      assert.equal((await sightOf(ann.page)).last, head + before + 5);
      assert.equal((await membershipOf(ann.account, room)).unread, 0);
    });
  }
});

test("a little more than a screen that is unread has its button, too", async (stage) => {
  const [ann, bob] = [await stage.person("ann", DESKTOP), await stage.account("bob")];
  const { room, readSeq } = await roomWith(bob, [ann.account], "garden", 30);
  await open(ann.page, `/rooms/${room}`);
  const { last } = await landsAt(ann.page, readSeq + 1);
  await ann.page.getByRole("button", { name: `${readSeq + 30 - last} new messages` }).click();
  await eventually(async () => {
    assert.equal((await sightOf(ann.page)).last, readSeq + 30);
    assert.equal((await membershipOf(ann.account, room)).unread, 0);
  });
});

test("a window that is not in front reads nothing, and shows the line where it was left", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { room, readSeq } = await roomWith(bob, [ann.account], "garden", 0);
  await open(ann.page, `/rooms/${room}`);
  await eventually(async () => assert.equal((await sightOf(ann.page)).last, readSeq));
  await leaveWindow(ann.page, true);
  await say(bob, room, 130, "while away");
  await message(ann.page, "while away").first().waitFor();
  await ann.page.getByRole("button", { name: "130 new messages" }).waitFor();
  assert.equal((await membershipOf(ann.account, room)).readSeq, readSeq);
  await landsAt(ann.page, readSeq + 1);
  await leaveWindow(ann.page, false);
  await readsOnlyWhatIsSeen(ann, room);
  await landsAt(ann.page, readSeq + 1);
});

/** Playwright keeps every page in front: so the page is told otherwise. */
async function leaveWindow(page: Page, away: boolean): Promise<void> {
  await page.evaluate((away) => {
    document.hasFocus = () => !away;
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      value: away ? "hidden" : "visible",
    });
    document.dispatchEvent(new Event("visibilitychange"));
    dispatchEvent(new Event(away ? "blur" : "focus"));
  }, away);
}

test("after a lost connection one finds the line, and no note that something loads for ever", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { room, readSeq } = await roomWith(bob, [ann.account], "garden", 0);
  stage.tolerate(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  await open(ann.page, `/rooms/${room}`);
  await eventually(async () => assert.equal((await sightOf(ann.page)).last, readSeq));
  await ann.context.setOffline(true);
  await ann.page.evaluate(() => dispatchEvent(new Event("offline")));
  await ann.page.getByText(/^Offline|^Connection lost/).first().waitFor();
  await say(bob, room, 130, "while the line was down");
  await connected(ann.page, () => ann.context.setOffline(false));
  await landsAt(ann.page, readSeq + 1);
  await readsOnlyWhatIsSeen(ann, room);
});

test("an older page that fails is asked for again by itself", async (stage) => {
  const ann = await stage.person("ann");
  await say(ann.account, 1, 120, "old");
  stage.tolerate(/Failed to load resource/);
  let failing = true;
  await ann.page.route(
    /\/messages\?before=/,
    (route) => failing ? route.abort() : route.continue(),
  );
  const failed = ann.page.waitForEvent("requestfailed", (request) => /before=/.test(request.url()));
  await open(ann.page);
  await message(ann.page, "old").first().scrollIntoViewIfNeeded();
  await failed;
  failing = false;
  await eventually(async () => assert((await sightOf(ann.page)).count > 60));
});

test("a quote leads to what it answers, and a button or the browser's own leads back", async (stage) => {
  const ann = await stage.person("ann");
  const first = await ann.account.say("the question");
  await say(ann.account, 1, 40, "talk");
  const body = { text: "the answer", replyTo: first.id };
  await ann.account.call("POST", "/rooms/1/messages", body);
  await say(ann.account, 1, 60, "more talk");
  await ann.account.call("PUT", "/rooms/1/read", { seq: 1_000 });
  await open(ann.page);
  await ann.page.mouse.move(640, 300);
  await eventually(async () => {
    await ann.page.mouse.wheel(0, -300);
    assert(await message(ann.page, "the question").count() > 0);
  });
  const answer = message(ann.page, "the answer");
  await answer.scrollIntoViewIfNeeded();
  const quote = answer.getByRole("link", { name: /^Reply to/ });
  for (const way of ["button", "history"] as const) {
    await quote.scrollIntoViewIfNeeded();
    const before = (await answer.boundingBox())!.y;
    await quote.click();
    await eventually(async () => assert((await sightOf(ann.page)).first <= first.seq));
    const button = ann.page.getByRole("button", { name: "Back to where I was" });
    await button.waitFor();
    await (way === "button" ? button.click() : ann.page.goBack());
    await eventually(async () => {
      const box = await answer.boundingBox();
      assert(box && Math.abs(box.y - before) < STEADY, `${way}: from ${before} to ${box?.y}`);
    });
    await button.waitFor({ state: "detached" });
  }
});

test("by keyboard a quote leads the focus to the message, however far that is", async (stage) => {
  const ann = await stage.person("ann");
  const first = await ann.account.say("the question");
  await say(ann.account, 1, 200, "talk");
  await ann.account.call("POST", "/rooms/1/messages", { text: "the answer", replyTo: first.id });
  await ann.account.call("PUT", "/rooms/1/read", { seq: 1_000 });
  await open(ann.page);
  await ann.page.locator("[data-seq]").last().focus();
  const focused = () =>
    ann.page.evaluate(() => Number((document.activeElement as HTMLElement).dataset.seq ?? 0));
  // All that lies between is loaded, and most of it is not in the page.
  await eventually(async () => {
    await ann.page.keyboard.press("Home");
    assert.equal(await focused(), first.seq);
  });
  await ann.page.keyboard.press("End");
  await eventually(async () => assert.equal(await focused(), first.seq + 201));
  await ann.page.keyboard.press("Tab");
  for (let on = 0; on < 4; on++) {
    const quote = await ann.page.evaluate(() => document.activeElement!.className === "quote");
    if (quote) break;
    await ann.page.keyboard.press("Tab");
  }
  await ann.page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await focused(), first.seq));
});

test("a permalink to a message that is not in the room says so, by link and in the chat", async (stage) => {
  const ann = await stage.person("ann");
  await say(ann.account, 1, 10, "talk");
  await open(ann.page, "/rooms/1/999");
  const note = ann.page.getByText("The message that this link leads to is not here.");
  await note.waitFor();
  assert.equal((await sightOf(ann.page)).last, 10);
  await ann.page.getByRole("button", { name: "Dismiss" }).first().click();
  await note.waitFor({ state: "detached" });
  const { page } = await stage.visitor({ javaScriptEnabled: false });
  await page.context().addCookies([{ ...ann.account.cookie, url: stage.program.url }]);
  await page.goto("/rooms/1/999");
  await page.getByText("The message that this link leads to is not here.").waitFor();
});

test("messages are one stop of the Tab key, and the arrows go through all that are loaded", async (stage) => {
  const ann = await stage.person("ann");
  await say(ann.account, 1, 300, "see https://example.org/x for more");
  await ann.account.call("PUT", "/rooms/1/read", { seq: 1_000 });
  await open(ann.page);
  assert.equal(await ann.page.locator("[data-seq][tabindex='0']").count(), 1);
  assert.equal(await ann.page.locator("[data-seq] a:not([tabindex='-1'])").count(), 1);
  const focused = () =>
    ann.page.evaluate(() => Number((document.activeElement as HTMLElement).dataset.seq ?? 0));
  await composer(ann.page).press("Shift+Tab");
  for (let back = 0; back < 6 && await focused() === 0; back++) {
    await ann.page.keyboard.press("Shift+Tab");
  }
  assert.equal(await focused(), 300);
  for (let at = 299; at > 290; at--) {
    await ann.page.keyboard.press("ArrowUp");
    await eventually(async () => assert.equal(await focused(), at));
  }
  for (let up = 0; up < 200 && await focused() > 1; up++) {
    const before = await focused();
    await eventually(async () => {
      await ann.page.keyboard.press("PageUp");
      assert(await focused() < before);
    });
    assert((await sightOf(ann.page)).count <= 200);
  }
  assert.equal(await focused(), 1);
  await ann.page.keyboard.press("End");
  await eventually(async () => assert.equal(await focused(), 300));
});
