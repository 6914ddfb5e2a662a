/** Voice messages, as a person at a browser records them: the microphone is Chromium's own, which beeps. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { type Account, GENERAL } from "../support/browser_account.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { composer, connected, messageList, open, roomLink } from "../support/browser_chat.ts";
import { tray } from "../support/browser_files.ts";

const test = browserTests();

interface Sent {
  text: string;
  files: { type: string; duration: number | null; voice?: { waveform: number[] } }[];
}

const record = (page: Page) => page.getByRole("button", { name: "Record a voice message" });
const voice = (page: Page) => page.getByRole("group", { name: "Voice message", exact: true });
const send = (page: Page) => page.getByRole("button", { name: "Send the voice message" });

/** Waits until so much was recorded, by the timer that the person sees. */
async function recorded(page: Page, seconds: number): Promise<void> {
  await voice(page).getByRole("timer").getByText(`0:0${seconds}`).waitFor();
}

async function sentBy(account: Account): Promise<Sent[]> {
  const { messages } = await account.call("GET", `/rooms/${GENERAL}/messages`) as {
    messages: Sent[];
  };
  return messages.filter(({ files }) => files.length > 0);
}

test("a click records, it can be listened to, and is sent with its waveform and its length", async (stage) => {
  const { page, account } = await stage.person("ann", { permissions: ["microphone"] });
  await open(page);
  await record(page).click();
  await recorded(page, 1);
  await findsNothing(page, "recording", [PHONE]);
  await page.getByRole("button", { name: "Stop and listen" }).click();
  await page.getByRole("button", { name: "Play" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.getByRole("slider", { name: "Position" }).waitFor();
  await findsNothing(page, "a recording", [PHONE]);
  await send(page).click();
  await eventually(async () => assert.equal((await sentBy(account)).length, 1));
  const [{ text, files: [file] }] = await sentBy(account) as [Sent];
  assert.equal(text, "");
  assert.match(file!.type, /^(audio|video)\/webm$/);
  assert.ok(file!.duration! >= 1 && file!.duration! < 60, `${file!.duration} s`);
  const { waveform } = file!.voice!;
  assert.ok(waveform.length > 5 && waveform.length <= 100 && waveform.includes(100));
  await messageList(page).getByRole("group", { name: /^Voice message by/ }).waitFor();
  await composer(page).fill("and now a text");
  assert.equal(await record(page).isDisabled(), true);
});

test("Escape drops it, the line that says so brings it back, and a recording waits where the room is left", async (stage) => {
  const { page, account } = await stage.person("ann", { permissions: ["microphone"] });
  await account.call("POST", "/rooms", { kind: "public", name: "elsewhere" });
  await open(page);
  await record(page).press("Enter");
  await recorded(page, 1);
  await page.keyboard.press("Escape");
  await voice(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await tray(page).getByRole("button", { name: /^Voice message, 0:0[1-9]/ }).waitFor();
  const isWhole = await tray(page).locator(".tray-name").evaluate((name) =>
    name.scrollWidth <= name.clientWidth
  );
  assert.ok(isWhole, "its length is read, too");
  await tray(page).getByRole("button", { name: /^Remove/ }).click();
  await record(page).click();
  await recorded(page, 1);
  await roomLink(page, "elsewhere").click();
  await page.getByRole("heading", { name: "elsewhere", level: 1 }).waitFor();
  await roomLink(page, /^general/).click();
  await tray(page).getByRole("button", { name: /^Voice message, 0:0[1-9]/ }).waitFor();
  assert.deepEqual(await sentBy(account), []);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await eventually(async () => assert.equal((await sentBy(account)).length, 1));
});

test("recorded without a connection it goes when there is one, once", async (stage) => {
  const { page, account, context } = await stage.person("ann", { permissions: ["microphone"] });
  stage.tolerate(/ERR_INTERNET_DISCONNECTED/);
  await open(page);
  await record(page).click();
  await recorded(page, 1);
  await context.setOffline(true);
  await send(page).click();
  await messageList(page).getByText("Waits for the connection").waitFor();
  await messageList(page).getByRole("button", { name: "Play" }).click();
  await connected(page, () => context.setOffline(false));
  await messageList(page).getByRole("group", { name: /^Voice message by/ }).waitFor();
  await eventually(async () => assert.equal((await sentBy(account)).length, 1));
});

test("a microphone that is refused is told, with the way to try again", async (stage) => {
  const { page, context } = await stage.person("ann");
  await open(page);
  await record(page).click();
  await page.getByRole("alert").getByText(/does not let this page use the microphone/).waitFor();
  await context.grantPermissions(["microphone"]);
  await page.getByRole("button", { name: "Try again" }).click();
  await recorded(page, 1);
  await page.getByRole("button", { name: "Discard the recording" }).click();
  await composer(page).fill("no voice today");
});

test("a finger that holds sends by letting go, and slid aside drops it", async (stage) => {
  const { page, context, account } = await stage.person("ann", {
    permissions: ["microphone"],
    hasTouch: true,
    isMobile: true,
    viewport: PHONE,
  });
  await open(page);
  const fingers = await context.newCDPSession(page);
  const touch = (
    type: "touchStart" | "touchMove" | "touchEnd",
    ...touchPoints: { x: number; y: number }[]
  ) => fingers.send("Input.dispatchTouchEvent", { type, touchPoints });
  const { x, y } = (await record(page).boundingBox())!;
  const spot = { x: x + 22, y: y + 22 };
  await touch("touchStart", spot);
  await recorded(page, 1);
  await page.getByText("Slide to cancel").waitFor();
  await touch("touchMove", { ...spot, x: spot.x - 140 });
  await page.getByText("The recording was discarded.").waitFor();
  await touch("touchEnd");
  assert.deepEqual(await sentBy(account), []);
  await touch("touchStart", spot);
  await recorded(page, 1);
  await touch("touchEnd");
  await eventually(async () => assert.equal((await sentBy(account)).length, 1));
  // A mere tap goes on by itself.
  await record(page).tap();
  await recorded(page, 1);
  await send(page).tap();
  await eventually(async () => assert.equal((await sentBy(account)).length, 2));
});
