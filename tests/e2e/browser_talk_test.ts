/** Two people talk: what one writes stands on the other's page, at once, once, in order. */
import assert from "node:assert/strict";
import { createRoom, GENERAL } from "../support/browser_account.ts";
import { browserTests, eventually } from "../support/browser.ts";
import {
  composer,
  marksIn,
  message,
  messageList,
  open,
  roomLink,
  seesMarks,
  write,
} from "../support/browser_chat.ts";

const test = browserTests();

test("two browsers talk in both directions, in order and without doubles", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  const marks: string[] = [];
  for (let at = 0; at < 6; at++) {
    marks.push(`m-${at}`);
    await write(at % 2 === 0 ? ann.page : bob.page, `m-${at}`);
    await seesMarks(at % 2 === 0 ? bob.page : ann.page, marks);
  }
  await Promise.all([seesMarks(ann.page, marks), seesMarks(bob.page, marks)]);
  await eventually(async () => assert.deepEqual(await ann.account.texts(), marks));
});

test("two who write at the same time see the same order", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await Promise.all([ann, bob].map(async ({ page }, person) => {
    for (let at = 0; at < 10; at++) await write(page, `m-${person * 10 + at}`);
  }));
  const order = await eventually(async () => {
    const texts = await ann.account.texts();
    assert.equal(texts.length, 20);
    return texts;
  });
  assert.equal(new Set(order).size, 20);
  await Promise.all([seesMarks(ann.page, order), seesMarks(bob.page, order)]);
});

test("a reload keeps everything", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  for (const mark of ["m-1", "m-2", "m-3"]) await write(ann.page, mark);
  await eventually(async () => assert.equal((await ann.account.texts()).length, 3));
  await ann.page.reload();
  await seesMarks(ann.page, ["m-1", "m-2", "m-3"]);
});

test("the page holds the rooms and the newest messages before any script runs", async (stage) => {
  const { program } = stage;
  const ann = await stage.account("ann");
  for (let at = 0; at < 60; at++) await ann.say(`m-${at}`);
  const { name, value } = ann.cookie;
  const response = await fetch(`${program.url}/rooms/${GENERAL}`, {
    headers: { cookie: `${name}=${value}` },
  });
  const html = await response.text();
  // What the scripts will read is in a data block: what people read stands before it.
  const body = html.slice(html.indexOf("<body"), html.indexOf('<script type="application/json"'));
  assert.deepEqual(marksIn(body).slice(-50), Array.from({ length: 50 }, (_, at) => `m-${at + 10}`));
  assert.match(body, /<a[^>]*href="\/rooms\/1"/);
});

test("a message shows as pending until the server has it, then as sent", async (stage) => {
  const ann = await stage.person("ann");
  // Holds back what the page says, not what it hears.
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  await ann.page.routeWebSocket(/\/chat(\?|$)/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage(async (frame) => {
      if (String(frame).includes('"send"')) await held;
      server.send(frame);
    });
  });
  await ann.page.goto(`/rooms/${GENERAL}`);
  await composer(ann.page).waitFor();
  await write(ann.page, "m-1 on its way");
  await message(ann.page, "m-1 on its way").getByText("Sending…").waitFor();
  await eventually(async () => assert.deepEqual(await ann.account.texts(), []));
  release();
  await message(ann.page, "m-1 on its way").getByText("Sending…").waitFor({ state: "detached" });
  await message(ann.page, "m-1 on its way").getByRole("link", { name: /\d/ }).waitFor();
  await seesMarks(ann.page, ["m-1"]);
  await eventually(async () => assert.deepEqual(await ann.account.texts(), ["m-1 on its way"]));
});

test("a message that the server refuses can be sent again or discarded", async (stage) => {
  const ann = await stage.person("ann");
  let refusing = true;
  await ann.page.routeWebSocket(/\/chat(\?|$)/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const command = JSON.parse(String(frame));
      if (command.type !== "send" || !refusing) return server.send(frame);
      socket.send(JSON.stringify([
        { type: "error", ref: command.ref, code: "forbidden", message: "Not now." },
      ]));
    });
  });
  await ann.page.goto(`/rooms/${GENERAL}`);
  await composer(ann.page).waitFor();
  await write(ann.page, "m-1 to be discarded");
  await message(ann.page, "m-1").getByRole("button", { name: "Discard" }).click();
  await message(ann.page, "m-1").waitFor({ state: "detached" });
  await write(ann.page, "m-2 to be sent again");
  const again = message(ann.page, "m-2").getByRole("button", { name: "Send again" });
  await again.waitFor();
  refusing = false;
  await again.click();
  await eventually(async () => {
    await eventually(async () =>
      assert.deepEqual(await ann.account.texts(), ["m-2 to be sent again"])
    );
  });
  await seesMarks(ann.page, ["m-2"]);
});

test("Enter sends, Shift+Enter breaks the line, and blank text is not sent", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  const box = composer(ann.page);
  await box.press("Enter");
  await box.fill("  \n ");
  await box.press("Enter");
  assert(await ann.page.getByRole("button", { name: "Send", exact: true }).isDisabled());
  await box.fill("");
  await box.pressSequentially("first line");
  await box.press("Shift+Enter");
  await box.pressSequentially("second line");
  await box.press("Enter");
  await message(ann.page, "second line").waitFor();
  await eventually(async () => {
    await eventually(async () =>
      assert.deepEqual(await ann.account.texts(), ["first line\nsecond line"])
    );
  });
  assert.equal(await box.inputValue(), "");
});

test("each room keeps its own draft", async (stage) => {
  const ann = await stage.person("ann");
  await createRoom(ann.account, "garden");
  await open(ann.page);
  await composer(ann.page).fill("half a thought");
  await roomLink(ann.page, "garden").click();
  await ann.page.getByRole("textbox", { name: "Message garden" }).fill("another");
  await roomLink(ann.page, "general").click();
  const general = ann.page.getByRole("textbox", { name: "Message general" });
  await eventually(async () => assert.equal(await general.inputValue(), "half a thought"));
  await general.press("Enter");
  await message(ann.page, "half a thought").waitFor();
  await roomLink(ann.page, "garden").click();
  const garden = ann.page.getByRole("textbox", { name: "Message garden" });
  await eventually(async () => assert.equal(await garden.inputValue(), "another"));
});

test("who types is shown to the others, until the message is there", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.person("bob")];
  await Promise.all([open(ann.page), open(bob.page)]);
  await composer(ann.page).pressSequentially("I was thin");
  await bob.page.getByText("ann is typing…").waitFor();
  assert.equal(await ann.page.getByText("ann is typing…").count(), 0);
  await composer(ann.page).press("Enter");
  await message(bob.page, "I was thin").waitFor();
  await bob.page.getByText("ann is typing…").waitFor({ state: "detached" });
});

test("links can be followed, and whatever else a text holds stays text", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  const attack = '<img src=x onerror="document.title=1"> <script>document.title=2</script>';
  await write(ann.page, `m-1 see https://example.org/a?b=1&c=2. or javascript:alert(1) ${attack}`);
  const said = message(ann.page, "m-1");
  const link = said.getByRole("link", { name: "https://example.org" });
  assert.equal(await link.getAttribute("href"), "https://example.org/a?b=1&c=2");
  assert.match((await link.getAttribute("rel"))!, /noopener/);
  await eventually(async () => assert.equal((await ann.account.texts()).length, 1));
  for (const again of [false, true]) {
    if (again) await open(ann.page);
    assert((await said.innerText()).includes(attack));
    assert.equal(
      await messageList(ann.page).locator("img, script, [href^='javascript:']").count(),
      0,
    );
    assert.match(await ann.page.title(), /general/);
  }
});
