/** What is looked at and listened to by finger, and what becomes of it once one may not any more. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { GENERAL } from "../support/browser_account.ts";
import { PHONE } from "../support/browser_axe.ts";
import { message, messageList, open } from "../support/browser_chat.ts";
import { png, sendFiles, sendVoice } from "../support/sent_files.ts";

const test = browserTests();

const viewer = (page: Page) => page.locator("dialog.viewer[open]");

const photo = (name: string) => ({ name, type: "image/png", bytes: png(800, 600) });

test("who is removed from the room while they look at a picture does not see it any longer", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { id: room } = await bob.call("POST", "/rooms", { kind: "private", name: "club" }) as {
    id: number;
  };
  const membership = `/rooms/${room}/members/${ann.account.id}`;
  await bob.call("PUT", membership);
  await sendFiles(stage.program.url, bob, "m-1", [photo("a.png"), photo("b.png")], room);
  const { page } = ann;
  await open(page, `/rooms/${room}`);
  await page.getByRole("img", { name: "b.png" }).click();
  await viewer(page).waitFor();
  // Somebody else's leaving closes nothing.
  const eve = await stage.account("eve");
  await bob.call("PUT", `/rooms/${room}/members/${eve.id}`);
  await bob.call("DELETE", `/rooms/${room}/members/${eve.id}`);
  await bob.say("m-2", room);
  await page.getByText("m-2", { exact: true }).waitFor({ state: "attached" });
  assert.equal(await viewer(page).count(), 1);

  await bob.call("DELETE", membership);
  await viewer(page).waitFor({ state: "detached" });
  await page.getByText("You are no longer in the room that was open here.").waitFor();
  assert.equal(await page.getByRole("status").getByText(/not here/).count(), 0);
});

test("a voice message is not heard on once it is deleted, or its room is lost", async (stage) => {
  const ann = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const { id: room } = await bob.call("POST", "/rooms", { kind: "private", name: "club" }) as {
    id: number;
  };
  const membership = `/rooms/${room}/members/${ann.account.id}`;
  await bob.call("PUT", membership);
  const first = await sendVoice(url, bob, 60, room);
  await sendVoice(url, bob, 50, room);
  const { page } = ann;
  await page.addInitScript(() => {
    // What plays stands nowhere in the page.
    const { Audio } = globalThis;
    globalThis.Audio = function () {
      return Object.assign(globalThis, { sound: new Audio() }).sound;
    } as unknown as typeof Audio;
  });
  const isPaused = () =>
    page.evaluate(() => (globalThis as unknown as { sound: HTMLAudioElement }).sound.paused);
  await open(page, `/rooms/${room}`);
  const play = page.getByRole("button", { name: "Play" });
  const pause = page.getByRole("button", { name: "Pause" });
  // That it is heard is told before it is gone: the page would complain of the refusal.
  let told = page.waitForResponse(/\/heard$/);
  await play.first().click();
  await pause.waitFor();
  await told;
  assert.equal(await isPaused(), false);
  await bob.call("DELETE", `/messages/${first.id}`);
  await page.getByText("This message was deleted").waitFor();
  await eventually(async () => assert.equal(await isPaused(), true));

  told = page.waitForResponse(/\/heard$/);
  await play.click();
  await pause.waitFor();
  await told;
  await bob.say("m-3", room);
  await message(page, "m-3").waitFor();
  assert.equal(await isPaused(), false, "what else happens stops nothing");
  await bob.call("DELETE", membership);
  await page.getByText("You are no longer in the room that was open here.").waitFor();
  await eventually(async () => assert.equal(await isPaused(), true));
});

test("an open picture says what its message says by now, in a room and in a thread", async (stage) => {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const inRoom = await sendFiles(url, bob, "m-1 with a tpyo", [photo("a.png")]);
  const reply = { replyTo: inRoom.id, threadOnly: true };
  const inThread = await sendFiles(url, bob, "m-2 with a tpyo", [photo("b.png")], GENERAL, reply);
  await open(page, `/rooms/${GENERAL}/${inThread.seq}`);
  const thread = page.getByRole("complementary", { name: "Thread" });
  const places = [[messageList(page), "a.png", inRoom], [thread, "b.png", inThread]] as const;
  for (const [place, name, { id }] of places) {
    await place.getByRole("img", { name }).click();
    const caption = viewer(page).locator(".viewer-caption");
    await caption.getByText("with a tpyo").waitFor();
    await bob.call("PATCH", `/messages/${id}`, { text: "mended" });
    await caption.getByText("mended", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await viewer(page).waitFor({ state: "detached" });
  }
});

test("a picture that only a thread shows closes, too, when it is deleted", async (stage) => {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const { id: replyTo } = await bob.say("m-1");
  const reply = { replyTo, threadOnly: true };
  const said = await sendFiles(url, bob, "m-2", [photo("a.png")], GENERAL, reply);
  await sendFiles(url, bob, "m-3", [photo("b.png")], GENERAL, reply);
  await open(page, `/rooms/${GENERAL}/${said.seq}`);
  const thread = page.getByRole("complementary", { name: "Thread" });
  await thread.getByRole("img", { name: "a.png" }).click();
  await viewer(page).getByText("a.png").first().waitFor();
  await page.keyboard.press("ArrowRight");
  await viewer(page).getByText("b.png").first().waitFor();
  await page.keyboard.press("ArrowLeft");
  await bob.call("DELETE", `/messages/${said.id}`);
  await viewer(page).waitFor({ state: "detached" });
});

test("a picture far up goes from the room's list and from the screen when it is deleted", async (stage) => {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const said = await sendFiles(url, bob, "m-1", [photo("a.png")]);
  const later = await sendFiles(url, bob, "m-2", [photo("b.png")]);
  // Long ones: the page asks for those above them only when its reader comes near.
  for (let i = 3; i < 60; i++) await bob.say(`m-${i}${"\n.".repeat(20)}`);
  const { seq } = await bob.say("m-60");
  await open(page, `/rooms/${GENERAL}/${seq}`);
  await page.getByRole("button", { name: "Room options" }).click();
  await page.getByRole("menuitem", { name: "Files and links" }).click();
  const pane = page.getByRole("complementary", { name: "Files and links" });
  await pane.getByRole("img", { name: "a.png" }).click();
  await viewer(page).getByText("a.png").first().waitFor();
  assert.equal(await messageList(page).getByRole("img").count(), 0, "neither message is loaded");

  await bob.call("DELETE", `/messages/${said.id}`);
  await viewer(page).waitFor({ state: "detached" });
  await pane.getByRole("img", { name: "a.png" }).waitFor({ state: "detached" });
  await pane.getByRole("img", { name: "b.png" }).waitFor();
  await bob.call("DELETE", `/messages/${later.id}`);
  await pane.getByText("No pictures in this room yet.").waitFor();
});

test("the next voice message plays on in a thread and in its room, whichever was heard first", async (stage) => {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const { url } = stage.program;
  const { id: replyTo } = await bob.say("m-1");
  await sendVoice(url, bob, .5);
  await sendVoice(url, bob, 60);
  const reply = { replyTo, threadOnly: true };
  const { seq } = await sendVoice(url, bob, .4, GENERAL, reply);
  await sendVoice(url, bob, 50, GENERAL, reply);
  await open(page, `/rooms/${GENERAL}/${seq}`);
  for (const place of [page.getByRole("complementary", { name: "Thread" }), messageList(page)]) {
    const voices = place.getByRole("group", { name: /^Voice message by bob/ });
    await voices.first().getByRole("button", { name: "Play" }).click();
    await voices.last().getByRole("button", { name: "Pause" }).waitFor();
  }
});

test("who looks at a public room from outside is led through its pictures", async (stage) => {
  const { page } = await stage.person("ann");
  const bob = await stage.account("bob");
  const { id: room } = await bob.call("POST", "/rooms", { kind: "public", name: "port" }) as {
    id: number;
  };
  await sendFiles(stage.program.url, bob, "m-1", [photo("a.png"), photo("b.png")], room);
  await open(page, `/rooms/${room}`);
  await page.getByRole("img", { name: "a.png" }).click();
  await viewer(page).getByText("a.png").first().waitFor();
  await page.keyboard.press("ArrowRight");
  await viewer(page).getByText("b.png").first().waitFor();
  await page.keyboard.press("Home");
  await viewer(page).getByText("a.png").first().waitFor();
  await page.keyboard.press("End");
  await viewer(page).getByText("b.png").first().waitFor();
  await page.keyboard.press("Escape");
  await viewer(page).waitFor({ state: "detached" });
  await page.getByRole("img", { name: "b.png" }).waitFor();
});

test("two taps on a picture show it closer, two more show all of it", async (stage) => {
  const { page } = await stage.person("ann", { viewport: PHONE, hasTouch: true });
  const bob = await stage.account("bob");
  await sendFiles(stage.program.url, bob, "m-1", [photo("a.png")]);
  await open(page);
  await page.getByRole("img", { name: "a.png" }).tap();
  await viewer(page).locator(".viewer-whole:not(.coming)").waitFor();
  const scale = () =>
    viewer(page).locator(".viewer-picture").evaluate((one) =>
      Number(/scale\((.+)\)/.exec((one as HTMLElement).style.transform)?.[1])
    );
  const { width, height } = page.viewportSize()!;
  for (const seen of [2.5, 1]) {
    await page.touchscreen.tap(width / 2, height / 2);
    await page.touchscreen.tap(width / 2, height / 2);
    await eventually(async () => assert.equal(await scale(), seen));
  }
});
