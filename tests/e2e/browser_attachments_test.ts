/** Files that go along with a message, as a person at a browser attaches them. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import { GENERAL } from "../support/browser_account.ts";
import { findsNothing, PHONE } from "../support/browser_axe.ts";
import { composer, message, messageList, open, write } from "../support/browser_chat.ts";
import { attach, attached, carry, fileOf, pictureOf, tray } from "../support/browser_files.ts";

const test = browserTests(() => ({ env: { CONFAB_FILE_SIZE: "1" } }));

test("chosen files stand above the text, and go with it in their order, with what is said of them", async (stage) => {
  const { page, account } = await stage.person("ann");
  await open(page);
  await attach(
    page,
    await pictureOf(page, "sea.png"),
    fileOf("plan.pdf", 3_000),
    fileOf("a.bin", 9),
  );
  await eventually(async () =>
    assert.deepEqual((await attached(page)).slice(1), ["plan.pdf", "a.bin"])
  );
  // Order by keys, from the list's one stop of Tab.
  await tray(page).getByRole("button", { name: /^a\.bin, / }).focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await eventually(async () => assert.equal((await attached(page))[1], "a.bin"));
  await page.getByText("Place 2 of 3").waitFor({ state: "attached" });
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^sea\./ });
  await dialog.getByRole("textbox", { name: "Description" }).fill("The sea at noon");
  await findsNothing(page, "a file's dialog", [PHONE]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await tray(page).getByRole("button", { name: /with a description/ }).waitFor();
  await findsNothing(page, "attached files", [PHONE]);
  await write(page, "m-1 from the coast");
  await tray(page).waitFor({ state: "detached" });
  await message(page, "m-1 from the coast").getByRole("img", { name: "The sea at noon" }).waitFor();
  await eventually(async () => {
    const { messages } = await account.call("GET", `/rooms/${GENERAL}/messages`) as {
      messages: { text: string; files: { name: string; alt: string }[] }[];
    };
    const [sea, bin, plan] = messages.at(-1)?.files ?? [];
    assert.deepEqual([sea?.alt, bin?.name, plan?.name], ["The sea at noon", "a.bin", "plan.pdf"]);
  });
});

test("the ring of a picture's focus is not cut off beside pictures that were sent, and an empty field is as high as one line", async (stage) => {
  const { page } = await stage.person("ann", { viewport: { width: 390, height: 844 } });
  await open(page);
  await attach(page, await pictureOf(page, "sea.png"));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await messageList(page).getByRole("img", { name: /sea/ }).waitFor();
  await attach(page, await pictureOf(page, "hill.png"));
  const hill = tray(page).getByRole("button", { name: /^hill/ });
  await hill.focus();
  // The ring lies outside of the button: what holds it must not cut.
  assert.equal(
    await hill.evaluate((one) => getComputedStyle(one.parentElement!).overflow),
    "visible",
  );
  const height = async () => (await composer(page).boundingBox())!.height;
  const empty = await height();
  await composer(page).fill("a");
  assert.equal(empty, await height(), "nothing jumps with the first letter");
});

test("a file goes without a text, by the button that sends; nothing goes while nothing is there", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  const send = page.getByRole("button", { name: "Send", exact: true });
  assert.equal(await send.isDisabled(), true);
  await attach(page, fileOf("plan.pdf", 3_000));
  await tray(page).waitFor();
  assert.equal(
    await page.getByRole("button", { name: "Record a voice message" }).isDisabled(),
    true,
  );
  await send.click();
  const stored = messageList(page).locator("[data-message]");
  const plan = stored.getByRole("link", { name: /plan\.pdf/ }).first();
  await plan.waitFor();
  await tray(page).waitFor({ state: "detached" });
  assert.equal(await send.isDisabled(), true);
  // What is said of it later may be taken away again.
  for (const text of ["m-1 the plan", ""]) {
    await page.getByRole("textbox", { name: /^Message / }).press("ArrowUp");
    await page.getByRole("textbox", { name: /^Editing / }).waitFor();
    await write(page, text);
    await message(page, "m-1").waitFor({ state: text ? "visible" : "detached" });
  }
  await plan.waitFor();
});

test("after files were chosen one goes on writing; a picture that cannot be drawn is a card with its name", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await composer(page).fill("m-1");
  await attach(page, fileOf("cut.png", 40, "image/png"));
  await tray(page).waitFor();
  await page.keyboard.type(" the coast");
  assert.equal(await composer(page).inputValue(), "m-1 the coast");
  await tray(page).getByText("cut.png", { exact: true }).waitFor();
  assert.equal(await tray(page).locator("img").count(), 0);
  await tray(page).getByRole("button", { name: /^cut\.png/ }).click();
  const dialog = page.getByRole("dialog", { name: "cut.png" });
  await dialog.waitFor();
  await dialog.locator("img").waitFor({ state: "detached" });
  // By a finger no keyboard comes over what was chosen.
  const phone = await stage.person("eve", { viewport: PHONE, hasTouch: true, isMobile: true });
  await open(phone.page);
  const chooser = phone.page.waitForEvent("filechooser");
  await phone.page.getByRole("button", { name: "Attach files" }).tap();
  await phone.page.getByRole("menuitem", { name: "File" }).tap();
  await (await chooser).setFiles([fileOf("a.bin", 9)]);
  await tray(phone.page).waitFor();
  const focused = () => phone.page.evaluate(() => document.activeElement?.tagName);
  assert.notEqual(await focused(), "TEXTAREA");
});

test("files are removed by key and by button, and the focus stays where one works", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await attach(page, fileOf("a.bin", 9), fileOf("b.bin", 9), fileOf("c.bin", 9));
  await tray(page).getByRole("button", { name: /^b\.bin, / }).focus();
  await page.keyboard.press("Delete");
  await eventually(async () => assert.deepEqual(await attached(page), ["a.bin", "c.bin"]));
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: focused } = document;
      return focused?.ariaLabel ?? focused?.textContent ?? "";
    });
  await eventually(async () => assert.match(await focused(), /^c\.bin, /));
  await tray(page).getByRole("button", { name: "Remove a.bin" }).click();
  await tray(page).getByRole("button", { name: "Remove c.bin" }).click();
  await tray(page).waitFor({ state: "detached" });
  await eventually(async () => assert.match(await focused(), /general/));
});

test("the order is changed by dragging, and a click afterwards opens a file as before", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await attach(page, fileOf("a.bin", 9), fileOf("b.bin", 9), fileOf("c.bin", 9));
  const box = async (name: RegExp) =>
    (await tray(page).getByRole("button", { name }).boundingBox())!;
  const [from, to] = [await box(/^c\.bin, /), await box(/^a\.bin, /)];
  await page.mouse.move(from.x + 30, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x - 30, from.y + 20, { steps: 3 });
  await page.mouse.move(to.x + 30, to.y + 20, { steps: 3 });
  await page.mouse.up();
  await eventually(async () => assert.deepEqual(await attached(page), ["c.bin", "a.bin", "b.bin"]));
  assert.equal(await page.getByRole("dialog").count(), 0);
  await tray(page).getByRole("button", { name: /^b\.bin, / }).click();
  await page.getByRole("dialog", { name: "b.bin" }).getByRole("button", { name: "Move earlier" })
    .click();
  await page.getByText("Place 2 of 3").last().waitFor();
});

test("what is too large or one too many is said at once, by name, and the rest is attached", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await attach(page, fileOf("film.mov", 1_048_577), fileOf("a.bin", 9));
  await page.getByRole("alert").getByText(/film\.mov is too large: .*1 MB/).waitFor();
  await eventually(async () => assert.deepEqual(await attached(page), ["a.bin"]));
  await attach(page, ...Array.from({ length: 10 }, (_, at) => fileOf(`f${at}.bin`, 9)));
  await page.getByRole("alert").getByText("A message takes 10 files at most.").waitFor();
  await eventually(async () => assert.equal((await attached(page)).length, 10));
  // What was said is gone once something else is done.
  await tray(page).getByRole("button", { name: "Remove a.bin" }).click();
  await page.getByRole("alert").getByText(/at most/).waitFor({ state: "detached" });
});

test("pictures are pasted as files, cells as text, and a drop on the room is taken by it alone", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await attach(page, fileOf("a.bin", 9));
  await tray(page).waitFor();
  const png = { name: "image.png", type: "image/png", text: "no picture at all" };
  assert.equal(await carry(composer(page), "paste", [png], { "text/html": "<img src=x>" }), true);
  await eventually(async () => assert.equal((await attached(page)).length, 2));
  await carry(composer(page), "paste", [png], { "text/plain": "1\t2" });
  assert.equal((await attached(page)).length, 2);
  // Also where nobody writes.
  assert.equal(await carry(page.locator("body"), "paste", [{ ...png, name: "b.png" }]), true);
  await eventually(async () => assert.equal((await attached(page)).length, 3));

  const text = { name: "notes.txt", type: "text/plain", text: "hello" };
  const says = () =>
    page.evaluate(() => getComputedStyle(document.querySelector(".room")!, "::after").content);
  await carry(messageList(page), "dragover", [text]);
  assert.match(await says(), /Drop the files here.*general/);
  await carry(page.getByRole("navigation", { name: "Rooms" }), "dragover", [text]);
  assert.equal(await says(), "none");
  const beside = page.getByRole("navigation", { name: "Rooms" });
  assert.equal(
    await carry(beside, "drop", [text]),
    true,
    "the browser does not leave for the file",
  );
  assert.equal((await attached(page)).length, 3);
  assert.equal(await carry(messageList(page), "drop", [text]), true);
  await eventually(async () => assert.equal((await attached(page)).at(-1), "notes.txt"));
});

test("in a thread files go to the thread, and an edit takes none", async (stage) => {
  const { page, account } = await stage.person("ann");
  const root = await account.say("m-1 where are the plans?");
  await open(page);
  await message(page, "m-1").locator("[data-message]").hover();
  await message(page, "m-1").getByRole("button", { name: "Open thread" }).first().click();
  const pane = page.getByRole("complementary");
  await pane.getByRole("textbox").waitFor();
  const text = { name: "notes.txt", type: "text/plain", text: "hello" };
  await carry(pane.getByRole("textbox"), "drop", [text]);
  await pane.getByRole("list", { name: "Attached files" }).waitFor();
  assert.equal(
    await page.locator(".room").getByRole("list", { name: "Attached files" }).count(),
    0,
  );
  await pane.getByRole("textbox").press("Enter");
  await pane.getByRole("link", { name: /notes\.txt/ }).first().waitFor();
  await eventually(async () => {
    const { messages } = await account.call("GET", `/messages/${root.id}/thread`) as {
      messages: { files: { name: string }[] }[];
    };
    assert.equal(messages.at(-1)?.files[0]?.name, "notes.txt");
  });
  await composer(page).press("ArrowUp");
  await page.getByRole("textbox", { name: "Editing message" }).waitFor();
  assert.equal(
    await page.locator(".room").getByRole("button", { name: "Attach files" }).count(),
    0,
  );
});

test("a message whose files are on their way shows how far they are, and can be taken back", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  const held = Promise.withResolvers<void>();
  await page.route("**/api/files/*", async (route) => {
    if (route.request().method() === "PATCH") await held.promise;
    await route.continue().catch(() => {});
  });
  await attach(page, fileOf("plan.pdf", 3_000));
  await tray(page).waitFor();
  await write(page, "m-1 with a plan");
  await message(page, "m-1 with a plan").getByText("plan.pdf").first().waitFor();
  await write(page, "m-2 goes on");
  await message(page, "m-2 goes on").locator("time").first().waitFor();
  await page.getByRole("button", { name: "Take back" }).click();
  await tray(page).getByRole("button", { name: /^plan\.pdf/ }).first().waitFor();
  assert.equal(await composer(page).inputValue(), "m-1 with a plan");
  held.resolve();
  await composer(page).press("Enter");
  await message(page, "m-1 with a plan").getByRole("link", { name: /plan\.pdf/ }).first().waitFor();
  assert.equal(await message(page, "m-1 with a plan").count(), 1);
});

test("what is sent later takes its files along, and they are no draft any more", async (stage) => {
  const { page, account } = await stage.person("ann");
  await open(page);
  await attach(page, fileOf("plan.pdf", 3_000));
  await tray(page).waitFor();
  await page.getByRole("button", { name: "Send later" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Tomorrow morning/ }).click();
  await tray(page).waitFor({ state: "detached" });
  const { scheduled } = await account.call("GET", "/me/scheduled") as {
    scheduled: { id: number; text: string; files: { name: string }[] }[];
  };
  assert.deepEqual(scheduled.map(({ files }) => files.map(({ name }) => name)), [["plan.pdf"]]);
  await page.reload();
  await composer(page).waitFor();
  assert.equal(await tray(page).count(), 0);
  await account.call("POST", `/scheduled/${scheduled[0]!.id}/send`);
  await messageList(page).getByRole("link", { name: /plan\.pdf/ }).first().waitFor();
});

test("what is sent later takes its files along though the server has dropped them meanwhile", async (stage) => {
  const { page, account } = await stage.person("ann");
  stage.tolerate(/^Failed to load resource.*(422|404)/);
  await open(page);
  const arrived = page.waitForResponse((answer) =>
    answer.request().method() === "PATCH" && answer.status() === 200
  );
  await attach(page, fileOf("plan.pdf", 3_000));
  const { id } = await (await arrived).json() as { id: number };
  await tray(page).locator("progress").waitFor({ state: "detached" });
  await account.call("DELETE", `/files/${id}`);
  await page.getByRole("button", { name: "Send later" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Tomorrow morning/ }).click();
  await tray(page).waitFor({ state: "detached" });
  const { scheduled } = await account.call("GET", "/me/scheduled") as {
    scheduled: { files: { id: number; name: string }[] }[];
  };
  assert.deepEqual(scheduled.map(({ files }) => files.map(({ name }) => name)), [["plan.pdf"]]);
});

test("a file that the server has no room for says so, and can be removed or tried again", async (stage) => {
  const { page } = await stage.person("ann");
  stage.tolerate(/413|Payload|Content Too Large/i);
  await open(page);
  let isFull = true;
  await page.route("**/api/files", (route) =>
    isFull
      ? route.fulfill({
        status: 413,
        json: {
          code: "too_large",
          detail: "You have no room left.",
          limit: 5_000_000_000,
          scope: "all",
        },
      })
      : route.continue());
  await attach(page, fileOf("plan.pdf", 3_000));
  await tray(page).getByText("There is no room for it on the server.").first().waitFor();
  const send = page.getByRole("button", { name: "Send", exact: true });
  assert.equal(await send.isDisabled(), true);
  isFull = false;
  await tray(page).getByRole("button", { name: "Try again: plan.pdf" }).click();
  await send.click();
  await messageList(page).getByRole("link", { name: /plan\.pdf/ }).first().waitFor();
});

test("an edit whose message is gone is sent by itself: the thread's files stay in its draft", async (stage) => {
  const { page, account } = await stage.person("ann");
  const root = await account.say("m-1 where are the plans?");
  const { id } = await account.call("POST", `/rooms/${GENERAL}/messages`, {
    text: "m-2 here",
    replyTo: root.id,
  }) as { id: number };
  await open(page);
  await message(page, "m-1").getByRole("button", { name: "Open thread" }).first().click();
  const pane = page.getByRole("complementary");
  const text = { name: "notes.txt", type: "text/plain", text: "hello" };
  await carry(pane.getByRole("textbox"), "drop", [text]);
  const files = pane.locator("form").getByRole("list", { name: "Attached files" });
  await files.waitFor();
  const reply = pane.getByRole("listitem").filter({ hasText: "m-2" });
  await reply.locator("[data-message]").hover();
  await reply.getByRole("button", { name: "Message actions" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await pane.getByRole("textbox", { name: "Editing message" }).fill("m-3 here they are");
  await files.waitFor({ state: "detached" });
  assert.equal(await carry(pane.getByRole("textbox"), "drop", [text]), true, "an edit takes none");
  await account.call("DELETE", `/messages/${id}`);
  await pane.getByRole("button", { name: "Send as a new message" }).first().click();
  await pane.getByRole("listitem").filter({ hasText: "m-3 here they are" }).waitFor();
  await files.getByRole("button", { name: /^notes\.txt/ }).waitFor();
  await eventually(async () => {
    const { messages } = await account.call("GET", `/messages/${root.id}/thread`) as {
      messages: { text: string; files: unknown[] }[];
    };
    assert.deepEqual(messages.at(-1), { ...messages.at(-1), text: "m-3 here they are", files: [] });
  });
});
