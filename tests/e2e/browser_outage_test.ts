/** The connection goes away and comes back: what was written meanwhile arrives, once. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually, type Visitor } from "../support/browser.ts";
import {
  choose,
  composer,
  connected,
  message,
  open,
  rooms,
  seesMarks,
  write,
} from "../support/browser_chat.ts";

const test = browserTests();

/** Chromium's own words about requests and sockets of a browser that is offline. */
const OFFLINE = /net::ERR_INTERNET_DISCONNECTED/;
/** The same where the server is not there. A socket that was open fails in one of several ways. */
const NO_SERVER =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|CONTENT_LENGTH_MISMATCH)/;

async function pending(page: Page): Promise<number> {
  return await page.getByText(/^(Sending…|Waits for the connection)/).count();
}

/** The page has noticed, and says so. */
async function seesAway(page: Page, words: RegExp): Promise<void> {
  await page.getByRole("status").filter({ hasText: words }).getByText(words).waitFor();
}

async function goOffline({ page, context }: Visitor): Promise<void> {
  await context.setOffline(true);
  assert.equal(await page.evaluate(() => navigator.onLine), false);
}

test("what is written offline is shown, announced as waiting and delivered once", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await write(ann.page, "m-1");
  await seesMarks(bob.page, ["m-1"]);

  stage.tolerate(OFFLINE);
  await goOffline(ann);
  await write(ann.page, "m-2");
  await write(ann.page, "m-3");
  await seesAway(ann.page, /^Offline — messages will be sent/);
  await write(ann.page, "m-4");
  await seesMarks(ann.page, ["m-1", "m-2", "m-3", "m-4"]);
  assert.equal(await pending(ann.page), 3);
  // Really offline: nothing came through, in neither direction.
  await write(bob.page, "m-5");
  await seesMarks(bob.page, ["m-1", "m-5"]);
  await eventually(async () => assert.deepEqual(await bob.account.texts(), ["m-1", "m-5"]));
  assert.equal(await message(ann.page, "m-5").count(), 0);

  await ann.context.setOffline(false);
  const all = ["m-1", "m-5", "m-2", "m-3", "m-4"];
  await Promise.all([seesMarks(ann.page, all), seesMarks(bob.page, all)]);
  await ann.page.getByText("Waits for the connection").first().waitFor({ state: "detached" });
  await ann.page.getByText(/^Offline — messages will be sent/).waitFor({ state: "detached" });
  // Whatever were sent a second time would come before this one.
  await write(ann.page, "m-6");
  await seesMarks(bob.page, [...all, "m-6"]);
  await eventually(async () => assert.deepEqual(await bob.account.texts(), [...all, "m-6"]));
});

test("a tab closed with unsent messages loses none: the next tab delivers them once", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  stage.tolerate(OFFLINE);
  await goOffline(ann);
  await write(ann.page, "m-1");
  await write(ann.page, "m-2");
  await eventually(async () => assert.equal(await storedMessages(ann.page), 2));
  await ann.page.close();
  // The first was on its way, and a browser that closes may let it go; the second waited for it.
  assert(!(await bob.account.texts()).includes("m-2"));

  await ann.context.setOffline(false);
  const [first, second] = [await ann.newPage(), await ann.newPage()];
  await Promise.all([open(first), open(second)]);
  await Promise.all([bob.page, first, second].map((page) => seesMarks(page, ["m-1", "m-2"])));
  await write(second, "m-3");
  await Promise.all(
    [bob.page, first, second].map((page) => seesMarks(page, ["m-1", "m-2", "m-3"])),
  );
  await eventually(async () => assert.deepEqual(await bob.account.texts(), ["m-1", "m-2", "m-3"]));
  assert.equal(await storedMessages(first), 0);
});

/** How many messages the browser keeps for later, whichever tab wrote them. */
function storedMessages(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const { name } = databases.find(({ name }) => name?.startsWith("confab-outbox-"))!;
    return await new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open(name!);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const counting = database.transaction("messages").objectStore("messages").count();
        counting.onsuccess = () => {
          database.close();
          resolve(counting.result);
        };
      };
    });
  });
}

test("after kill -9 and a restart both resume by themselves, nothing lost, nothing doubled", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await write(ann.page, "m-1");
  await write(bob.page, "m-2");
  const before = await eventually(async () => {
    const texts = await ann.account.texts();
    assert.equal(texts.length, 2);
    return texts;
  });
  await Promise.all([seesMarks(ann.page, before), seesMarks(bob.page, before)]);

  stage.tolerate(NO_SERVER);
  await stage.program.kill("SIGKILL");
  await seesAway(ann.page, /^(Connection lost|Connecting)/);
  await write(ann.page, "m-3");
  await message(ann.page, "m-3").getByText("Waits for the connection").waitFor();
  await stage.program.restart();

  const all = [...before, "m-3"];
  await Promise.all([seesMarks(ann.page, all), seesMarks(bob.page, all)]);
  await ann.page.getByText(/^(Connection lost|Connecting)/).waitFor({ state: "detached" });
  await write(bob.page, "m-4");
  await Promise.all([seesMarks(ann.page, [...all, "m-4"]), seesMarks(bob.page, [...all, "m-4"])]);
  await eventually(async () => assert.deepEqual(await ann.account.texts(), [...all, "m-4"]));
  assert.equal(await pending(ann.page), 0);
});

test("what happened during an absence is there afterwards: messages, edits, deletions", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const kept = await bob.say("m-1 as it was");
  const gone = await bob.say("m-2 to go");
  await open(ann.page);
  await message(ann.page, "m-2 to go").waitFor();
  stage.tolerate(OFFLINE);
  await goOffline(ann);
  await seesAway(ann.page, /^Offline/);
  await bob.call("PATCH", `/messages/${kept.id}`, { text: "m-1 as it is" });
  await bob.call("DELETE", `/messages/${gone.id}`);
  for (let at = 3; at < 63; at++) await bob.say(`m-${at}`);
  await ann.context.setOffline(false);
  await message(ann.page, "m-62").waitFor();
  await message(ann.page, "m-1 as it is").waitFor();
  await message(ann.page, "m-2 to go").waitFor({ state: "detached" });
  await seesMarks(ann.page, ["m-1", ...Array.from({ length: 60 }, (_, at) => `m-${at + 3}`)]);
});

test("the list of rooms and the drafts stay usable while the server is away", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.call("POST", "/rooms", { kind: "public", name: "garden" });
  await connected(ann.page, () => ann.page.goto("/rooms/1"));
  stage.tolerate(NO_SERVER);
  await stage.program.kill("SIGKILL");
  await seesAway(ann.page, /^(Connection lost|Connecting)/);
  await composer(ann.page).fill("still here");
  await rooms(ann.page).getByRole("link", { name: "garden" }).click();
  await rooms(ann.page).getByRole("link", { name: "general" }).click();
  await eventually(async () => {
    assert.equal(await composer(ann.page).inputValue(), "still here");
  });
  await stage.program.restart();
  await ann.page.getByText(/^(Connection lost|Connecting)/).waitFor({ state: "detached" });
});

test("an edit that could not be saved offline says so only until the connection is back", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await ann.account.say("m-1");
  await open(page);
  await choose(page, "m-1", "Edit");
  stage.tolerate(OFFLINE);
  await goOffline(ann);
  await seesAway(page, /^Offline/);
  await composer(page).fill("m-2");
  await composer(page).press("Enter");
  const fault = page.locator("#composer-error");
  await fault.waitFor();
  await connected(page, () => ann.context.setOffline(false));
  await fault.waitFor({ state: "detached" });
  assert.equal(await composer(page).inputValue(), "m-2");
  await composer(page).press("Enter");
  await seesMarks(page, ["m-2"]);
});
