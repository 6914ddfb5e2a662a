/** Coming to unread messages whose pictures the page cannot show yet. */
import assert from "node:assert/strict";
import { type Account, createRoom } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { open, roomLink } from "../support/browser_chat.ts";
import { sightOf } from "../support/browser_sight.ts";
import { png, sendFiles } from "../support/sent_files.ts";

const test = browserTests();

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const MESSAGES = 8;

async function readSeqOf(account: Account, room: number): Promise<number> {
  const { membership } = await account.call("GET", `/rooms/${room}`) as {
    membership: { readSeq: number };
  };
  return membership.readSeq;
}

/** A room with one message that was read and `MESSAGES` with pictures after it. */
async function roomWithPictures(url: string, author: Account, reader: Account) {
  const room = await createRoom(author, "garden");
  await author.call("PUT", `/rooms/${room}/members/${reader.id}`);
  await author.say("read before", room);
  const { head } = await author.call("GET", `/rooms/${room}`) as { head: number };
  await reader.call("PUT", `/rooms/${room}/read`, { seq: head });
  const picture = { type: "image/png", bytes: png(900, 600) };
  const files = [{ name: "a.png", ...picture }, { name: "b.png", ...picture }];
  for (let i = 1; i <= MESSAGES; i++) await sendFiles(url, author, `look ${i}`, files, room);
  return { room, readSeq: head };
}

test("who comes from the list to unread messages with pictures lands at the first, and has read no more than was seen", async (stage) => {
  const { page, account } = await stage.person("reader", PHONE);
  const bob = await stage.account("bob");
  const { room, readSeq } = await roomWithPictures(stage.program.url, bob, account);
  await open(page, "/");
  await roomLink(page, "garden").tap();
  await eventually(async () => {
    const sight = await sightOf(page);
    assert.equal(sight.afterLine, readSeq + 1);
    assert(sight.line !== null && sight.line > 0 && sight.line < sight.height / 2, `${sight.line}`);
  });
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll<HTMLImageElement>(".message .files img")];
    return pictures.length > 0 && pictures[0]!.complete;
  });
  await eventually(async () => {
    const { last } = await sightOf(page);
    const read = await readSeqOf(account, room);
    assert(read > readSeq && read <= last && last < readSeq + MESSAGES, `${read} of ${last}`);
  });
});

test("where what shows files cannot be fetched, the texts are there all the same", async (stage) => {
  const { page, account } = await stage.person("reader", PHONE);
  const bob = await stage.account("bob");
  await roomWithPictures(stage.program.url, bob, account);
  stage.tolerate(/^Failed to load resource.*views/);
  await page.route("**/assets/views-*", (route) => route.abort());
  await open(page, "/");
  await roomLink(page, "garden").tap();
  await page.getByText(`look ${MESSAGES}`, { exact: true }).waitFor();
  assert.equal(await page.locator(".message .files img").count(), 0);
});
