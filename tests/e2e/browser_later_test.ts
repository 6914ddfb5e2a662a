/** What one plans: a message that is sent later, a reminder, the list of both. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { createRoom } from "../support/browser_account.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { browserTests, eventually } from "../support/browser.ts";
import { choose, message, open } from "../support/browser_chat.ts";
import { attach, attached, fileOf, tray } from "../support/browser_files.ts";
import { png, uploadMade } from "../support/sent_files.ts";

const test = browserTests();

const field = (page: Page) => page.locator("#composer");
const later = (page: Page) => page.getByRole("button", { name: /^Later\b/ });
const pane = (page: Page) => page.getByRole("complementary", { name: "Later" });
const entry = (page: Page, text: string) =>
  pane(page).getByRole("listitem").filter({ hasText: text });
/** An item of what can be done with it. */
async function act(page: Page, text: string, item: string): Promise<void> {
  await entry(page, text).getByRole("button", { name: "What can be done" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}
const dialog = (page: Page) => page.getByRole("dialog");

async function schedule(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.getByRole("button", { name: "Send later" }).click();
  await dialog(page).getByRole("button", { name: /^Tomorrow morning/ }).click();
  await page.getByText(/^It will be sent: .*Tomorrow.* at .*9:00/).waitFor();
}

test("a message that is sent later is in the list on all devices, can be changed, and is sent when one wants", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  const other = await ann.newPage();
  await open(page);
  await open(other);
  assert.ok(await page.getByRole("button", { name: "Send later" }).isDisabled(), "nothing to send");
  await schedule(page, "good morning");
  assert.equal(await field(page).inputValue(), "");
  await later(other).click();
  await entry(other, "good morning").waitFor();
  await entry(other, "good morning").getByText(/general.*Tomorrow.* at .*9:00/).waitFor();

  await later(page).click();
  await act(page, "good morning", "Edit text");
  await pane(page).getByRole("textbox").fill("good morning, all");
  await pane(page).getByRole("button", { name: "Save" }).click();
  await entry(other, "good morning, all").waitFor();
  await act(page, "good morning, all", "Change time");
  await dialog(page).getByLabel("A time of your own").fill("2099-01-01T10:30");
  await dialog(page).getByRole("button", { name: "Change" }).click();
  await entry(other, "good morning, all").getByText(/2099.* at .*10:30/).waitFor();

  await act(other, "good morning, all", "Send now");
  await message(page, "good morning, all").waitFor();
  await pane(page).getByText("Nothing is waiting.").waitFor();

  await schedule(page, "never mind");
  await act(page, "never mind", "Delete");
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await pane(page).getByText("Nothing is waiting.").waitFor();
});

test("who deletes a planned message with files is told that they go with it", async (stage) => {
  const { page, account } = await stage.person("ann");
  const bytes = new TextEncoder().encode("words");
  const made = { name: "plan.txt", type: "text/plain", bytes };
  const { id } = await uploadMade(stage.program.url, account, made);
  const at = Date.now() + 86_400_000;
  await account.call("POST", "/rooms/1/scheduled", { text: "the plan", files: [id], at });
  await open(page);
  await schedule(page, "words alone");
  await later(page).click();
  for (
    const [text, said] of [
      ["the plan", "It will not be sent, and its files are deleted with it."],
      ["words alone", "It will not be sent."],
    ] as const
  ) {
    await act(page, text, "Delete");
    await dialog(page).getByText(said, { exact: true }).waitFor();
    await dialog(page).getByRole("button", { name: "Delete" }).click();
    await entry(page, text).waitFor({ state: "detached" });
  }
});

test("a planned message that is taken back has its files in the composer, and they are sent once", async (stage) => {
  const { page, account, newPage } = await stage.person("ann");
  const { url } = stage.program;
  const picture = { name: "b.png", type: "image/png", bytes: png(40, 30), alt: "a garden" };
  const words = new TextEncoder().encode("words");
  const files = [
    await uploadMade(url, account, picture),
    await uploadMade(url, account, { name: "a.txt", type: "text/plain", bytes: words }),
  ];
  const ids = files.map(({ id }) => id);
  const at = Date.now() + 86_400_000;
  await account.call("POST", "/rooms/1/scheduled", { text: "the plan", files: ids, at });
  await open(page);
  await field(page).fill("what stands there");
  await later(page).click();
  await act(page, "the plan", "Edit text");
  await pane(page).getByText("+ 1").waitFor();
  await pane(page).getByRole("button", { name: "Cancel" }).click();
  await act(page, "the plan", "Take back");
  await eventually(async () => {
    assert.equal(await field(page).inputValue(), "the plan\n\nwhat stands there");
  });
  await eventually(async () => assert.deepEqual(await attached(page), ["b.png", "a.txt"]));
  // The picture is the server's: nothing of it is in this browser.
  const drawn = tray(page).locator("img");
  await eventually(async () =>
    assert.equal(await drawn.evaluate((image: HTMLImageElement) => image.naturalWidth), 40)
  );
  const { scheduled } = await account.call("GET", "/me/scheduled") as { scheduled: unknown[] };
  assert.deepEqual(scheduled, []);

  // They are kept as any others, and another file comes after them.
  await page.close();
  const next = await newPage();
  await open(next);
  await eventually(async () => assert.deepEqual(await attached(next), ["b.png", "a.txt"]));
  await attach(next, fileOf("c.bin", 9));
  await eventually(async () => assert.deepEqual(await attached(next), ["b.png", "a.txt", "c.bin"]));
  await next.getByRole("button", { name: "Send", exact: true }).click();
  const said = await eventually(async () => {
    const { messages } = await account.call("GET", "/rooms/1/messages") as {
      messages: { text: string; files: { id: number; name: string; alt: string }[] }[];
    };
    assert.equal(messages.length, 1);
    return messages[0]!;
  });
  assert.equal(said.text, "the plan\n\nwhat stands there");
  assert.deepEqual(said.files.map(({ name, alt }) => [name, alt]), [
    ["b.png", "a garden"],
    ["a.txt", ""],
    ["c.bin", ""],
  ]);
  assert.deepEqual(said.files.slice(0, 2).map(({ id }) => id), ids, "the same ones, not copies");
  await eventually(async () => assert.equal(await tray(next).count(), 0));
});

test("one that is for its thread alone goes back to the thread", async (stage) => {
  const { page, account } = await stage.person("ann");
  const root = await account.say("the root");
  const at = Date.now() + 86_400_000;
  const planned = { text: "a reply", replyTo: root.id, threadOnly: true, at };
  await account.call("POST", "/rooms/1/scheduled", planned);
  await open(page);
  await later(page).click();
  await act(page, "a reply", "Take back");
  const thread = page.getByRole("complementary", { name: /Thread/ });
  await eventually(async () =>
    assert.equal(await thread.getByRole("textbox").inputValue(), "a reply")
  );
  assert.equal(await field(page).inputValue(), "");
});

test("a reminder stands in the list, comes at its time in every tab, and goes when it is done with", async (stage) => {
  const ann = await stage.person("ann");
  await ann.account.say("water the plants");
  const { page } = ann;
  const other = await ann.newPage();
  await open(page);
  await open(other);
  await choose(page, "water the plants", "Remind me…");
  await dialog(page).getByLabel("A time of your own").fill("2001-01-01T10:30");
  await page.evaluate(() => document.querySelector<HTMLInputElement>("dialog input")!.min = "");
  await dialog(page).getByRole("button", { name: "Remind me" }).click();
  await dialog(page).getByText("Choose a time to come.").waitFor();
  await dialog(page).getByRole("button", { name: /^In an hour/ }).click();
  await page.getByText(/^You will be reminded:/).waitFor();
  await later(page).click();
  await entry(page, "water the plants").waitFor();

  const { messages } = await ann.account.call("GET", "/rooms/1/messages") as {
    messages: { id: number }[];
  };
  await ann.account.call("POST", `/messages/${messages.at(-1)!.id}/remind`, {
    at: Date.now() + 700,
  });
  for (const each of [page, other]) {
    await each.getByRole("alert").getByText("Reminder: a message from").waitFor();
  }
  await later(other).getByText("1", { exact: true }).waitFor();
  const line = other.getByRole("alert").filter({ hasText: "Reminder" });
  await line.getByRole("button", { name: "Done" }).click();
  for (const each of [page, other]) {
    await eventually(async () => assert.equal(await each.getByText("Reminder: a").count(), 0));
  }
  await pane(page).getByText("Nothing is waiting.").waitFor();
});

test("what could not be sent says why, and is counted until somebody has dealt with it", async (stage) => {
  const ann = await stage.person("ann");
  const { page, account } = ann;
  const room = await account.call("POST", "/rooms", { kind: "public", name: "attic" }) as {
    id: number;
  };
  await account.call("POST", `/rooms/${room.id}/scheduled`, {
    text: "up here",
    at: Date.now() + 600,
  });
  await account.call("PATCH", `/rooms/${room.id}`, { archived: true });
  await open(page);
  await later(page).getByText("1", { exact: true }).waitFor();
  await later(page).click();
  await pane(page).getByRole("heading", { name: "Could not be sent" }).waitFor();
  await entry(page, "up here").getByText("You cannot write in this room any more.").waitFor();
});

test("without a connection the text stays where it is", async (stage) => {
  const ann = await stage.person("ann");
  const { page } = ann;
  await open(page);
  await field(page).fill("good morning");
  await page.getByRole("button", { name: "Send later" }).click();
  await dialog(page).waitFor();
  stage.tolerate(/ERR_INTERNET_DISCONNECTED/);
  await page.context().setOffline(true);
  await dialog(page).getByRole("button", { name: /^Tomorrow morning/ }).click();
  await dialog(page).getByRole("alert").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await field(page).inputValue(), "good morning");
});

test("in the list the time is read whole however long the room's name is, and no text shows its marks", async (stage) => {
  const { page, account } = await stage.person("ann");
  const room = await createRoom(account, "a-room-with-quite-a-long-name-for-one");
  const { id } = await account.say("**Water** the `plants`:\n\n- [ ] ferns", room);
  const at = Date.now() + 3_600_000;
  await account.call("POST", `/messages/${id}/remind`, { at });
  await account.call("POST", `/rooms/${room}/scheduled`, { text: "_good_ morning", at });
  await open(page, `/rooms/${room}`);
  await later(page).click();
  for (const [shown, own] of [["good morning", 1], ["Water the plants:", 3]] as const) {
    const one = entry(page, shown);
    await one.waitFor();
    assert.doesNotMatch(await one.innerText(), /[*_`[\]]/);
    assert.equal(await one.getByRole("button").or(one.getByRole("link")).count(), own);
    const within = await pane(page).boundingBox();
    for (const part of [one.locator("time"), one.getByRole("button").last()]) {
      const box = await part.boundingBox();
      assert.ok(box!.x + box!.width <= within!.x + within!.width, `${shown}: cut off`);
    }
  }
});

test("axe finds nothing on the list, the dialogs and the line, in both languages", async (stage) => {
  const ann = await stage.person("ann");
  const { page, account } = ann;
  const { id } = await account.say("water the plants");
  await account.call("POST", "/rooms/1/scheduled", { text: "good morning", at: 4_102_444_800_000 });
  await open(page);
  // The line is for whoever is here then: a page that comes later shows the number alone.
  await account.call("POST", `/messages/${id}/remind`, { at: Date.now() + 1_000 });
  await page.getByRole("alert").getByText("Reminder: a message from").waitFor();
  await later(page).click();
  await entry(page, "good morning").waitFor();
  await findsNothing(page, "what is planned");
  await field(page).fill("hello");
  await page.getByRole("button", { name: "Send later" }).click();
  await dialog(page).waitFor();
  await findsNothing(page, "the times");
  await page.keyboard.press("Escape");
  await account.call("PATCH", "/me", { language: "ru" });
  await page.getByRole("heading", { name: "Будут отправлены" }).waitFor();
  await findsNothing(page, "what is planned, in Russian");
});

test("on a phone the list fills the window, its buttons can be hit, and back leads to the room", async (stage) => {
  const ann = await stage.person("ann", { viewport: PHONE, hasTouch: true, isMobile: true });
  const { page, account } = ann;
  await account.call("POST", "/rooms/1/scheduled", { text: "good morning", at: 4_102_444_800_000 });
  await open(page, "/");
  await later(page).click();
  await entry(page, "good morning").waitFor();
  const heights = await pane(page).getByRole("listitem").getByRole("button").evaluateAll((all) =>
    all.map((each) => (each as unknown as HTMLElement).offsetHeight)
  );
  assert.ok(heights.length === 1 && heights.every((height) => height >= 44), heights.join());
  const box = await pane(page).boundingBox();
  assert.deepEqual([box?.x, box?.width], [0, PHONE.width]);
  await page.goBack();
  await later(page).waitFor();
  assert.equal(await pane(page).count(), 0);
});
