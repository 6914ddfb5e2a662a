/** How what stands beside the conversation looks where something is long, small, slow or missing. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { browserTests, eventually, type Stage } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { message, open } from "../support/browser_chat.ts";

const test = browserTests();

const dialog = (page: Page) => page.getByRole("dialog");
const beside = (page: Page, name: string) => page.getByRole("complementary", { name });

/** The right edges of what sticks out of this box, or scrolls it sideways. */
function sticksOut(box: Locator): Promise<string[]> {
  return box.evaluate((outer) => {
    const { right } = outer.getBoundingClientRect();
    // What is cut off with an ellipsis is longer than it shows.
    const isCut = (one: Element) => getComputedStyle(one.parentElement!).overflowX === "hidden";
    const out = [...outer.querySelectorAll("*")].filter((one) => {
      const inner = one.getBoundingClientRect();
      return inner.width > 1 && inner.height > 1 && !isCut(one) && inner.right > right + 1;
    }).map((one) => one.outerHTML.slice(0, 100));
    return outer.scrollWidth > outer.clientWidth + 1 ? [...out, "it scrolls sideways"] : out;
  });
}

test("what is planned fits beside the room and on a phone, in Russian, whose days are long", async (stage) => {
  const ann = await stage.person("ann", { viewport: PHONE, hasTouch: true, isMobile: true });
  const { page, account } = ann;
  await account.call("PATCH", "/me", { language: "ru" });
  const room = await createRoom(account, "a-room-with-quite-a-long-name");
  const at = Date.now() + 5 * 86_400_000;
  await account.call("POST", `/rooms/${room}/scheduled`, { text: "доброе утро", at });
  await open(page);
  await page.locator("#composer").fill("доброе утро");
  await page.getByRole("button", { name: "Отправить позже" }).click();
  await dialog(page).waitFor();
  assert.deepEqual(await sticksOut(dialog(page)), []);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: /^Отложенное/ }).click();
  const pane = beside(page, "Отложенное");
  await pane.getByText("доброе утро").waitFor();
  assert.deepEqual(await sticksOut(pane), []);
});

test("a long title leaves the time of a thread in sight", async (stage) => {
  const ann = await stage.person("ann", { viewport: PHONE });
  const { page, account } = ann;
  const root = await account.say(
    "Who brings the cake and the large knife tomorrow, and the plates?",
  );
  await account.call("POST", "/rooms/1/messages", { text: "I do", replyTo: root.id });
  await open(page, "/");
  await page.getByRole("button", { name: /^Threads/ }).click();
  const pane = beside(page, "Threads");
  await pane.getByText("I do").waitFor();
  assert.deepEqual(await sticksOut(pane), []);
});

test("a reminder that is put off asks for a time to come", async (stage) => {
  const ann = await stage.person("ann");
  const { page, account } = ann;
  const { id } = await account.say("water the plants");
  await open(page);
  await account.call("POST", `/messages/${id}/remind`, { at: Date.now() + 500 });
  const line = page.getByRole("alert").filter({ hasText: "Reminder" });
  await line.getByRole("button", { name: "Snooze" }).click();
  const offered = await dialog(page).getByLabel("A time of your own").inputValue();
  assert.ok(Date.parse(`${offered}Z`) > Date.now() - 86_400_000, offered);
});

test("a card stays in the window when that is turned or made smaller", async (stage) => {
  const ann = await stage.person("ann", { viewport: { width: 1440, height: 900 } });
  const bob = await stage.account("bob");
  await bob.say("m-1");
  const { page } = ann;
  await open(page);
  await message(page, "m-1").getByRole("button", { name: "Bob" }).click();
  await dialog(page).waitFor();
  for (const width of [820, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await eventually(async () => {
      const { x, y, width: wide, height } = (await dialog(page).boundingBox())!;
      const place = `${x} ${y} ${wide} ${height} at ${width}`;
      assert.ok(x >= 0 && x + wide <= width && y >= 0 && y + height <= 844, place);
    });
  }
  const { width } = (await dialog(page).boundingBox())!;
  assert.equal(width, 390, "on a phone it is a sheet over the whole width");
});

test("an emoji for a status is chosen with the picker, in the dialog", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await page.getByRole("button", { name: "Your status" }).click();
  await dialog(page).getByRole("button", { name: "Emoji" }).click();
  await dialog(page).getByRole("gridcell", { name: "grinning face", exact: true }).waitFor();
  await findsNothing(page, "the picker in the status");
  await page.keyboard.type("hedgehog");
  await dialog(page).getByRole("gridcell", { name: "hedgehog" }).waitFor();
  await page.keyboard.press("Enter");
  await eventually(async () => {
    assert.equal(await dialog(page).getByRole("button", { name: "Emoji" }).innerText(), "🦔");
  });
  await dialog(page).getByRole("textbox").fill("Rolled up");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "detached" });
  const { users } = await ann.account.call("GET", "/users") as {
    users: { status: { emoji: string; text: string } | null }[];
  };
  assert.deepEqual([users[0]?.status?.emoji, users[0]?.status?.text], ["🦔", "Rolled up"]);
});

async function failsAndComes(
  stage: Stage,
  path: RegExp,
  show: (page: Page) => Promise<unknown>,
  name: string,
  there: string,
): Promise<void> {
  stage.tolerate(/ERR_FAILED/);
  const ann = await stage.person("ann");
  const { page, account } = ann;
  const root = await account.say("Where do the boards go?");
  await account.call("POST", "/rooms/1/messages", { text: "Into the office", replyTo: root.id });
  await account.call("PATCH", `/messages/${root.id}/thread`, { title: "The boards" });
  await open(page);
  await message(page, "Into the office").waitFor();
  await page.route(path, (route) => route.abort());
  await show(page);
  const alert = beside(page, name).getByRole("alert");
  await alert.getByText("The server cannot be reached.").waitFor();
  await page.unroute(path);
  await alert.getByRole("button", { name: "Try again" }).click();
  await beside(page, name).getByText(there).first().waitFor();
}

for (
  const [name, path, there] of [
    ["Threads", /\/api\/me\/threads/, "The boards"],
    ["Topics", /\/topics/, "The boards"],
    ["Members", /\/members/, "@ann"],
  ] as const
) {
  test(`${name.toLowerCase()} that did not come can be asked for again`, (stage) =>
    failsAndComes(
      stage,
      path,
      (page) => page.getByRole("button", { name: name === "Members" ? /Show/ : name }).click(),
      name,
      there,
    ));
}
