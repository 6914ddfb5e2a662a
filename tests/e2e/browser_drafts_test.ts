/** What one has written and not sent survives what happens to the page, the room and the message. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { createRoom, GENERAL, SESSION_ENDED } from "../support/browser_account.ts";
import {
  choose,
  composer,
  connected,
  message,
  open,
  roomLink,
  seesMarks,
} from "../support/browser_chat.ts";

const test = browserTests();

async function reads(page: Page, text: string): Promise<void> {
  await eventually(async () => assert.equal(await composer(page).inputValue(), text));
}

/** On the browser's shelf, which has one place for all tabs. */
async function isKept(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (text) => Object.values(localStorage).some((value) => value.includes(`"${text}"`)),
    text,
  );
}

async function reload(page: Page): Promise<void> {
  await connected(page, () => page.reload());
}

test("a draft, its reply target and an edit outlive a reload, each in its room", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const garden = await createRoom(ann.account, "garden");
  await bob.say("m-1 the question");
  await ann.account.say("m-2 my own", garden);
  await open(ann.page);
  await choose(ann.page, "m-1", "Reply");
  await composer(ann.page).pressSequentially("an answer");
  await roomLink(ann.page, "garden").click();
  await choose(ann.page, "m-2", "Edit");
  await composer(ann.page).fill("m-2 my own, better");
  await reload(ann.page);
  await ann.page.getByText("Editing message", { exact: true }).waitFor();
  await reads(ann.page, "m-2 my own, better");
  await roomLink(ann.page, /general.*Draft/).click();
  await ann.page.getByText("Replying to bob").waitFor();
  await reads(ann.page, "an answer");
  await composer(ann.page).press("Enter");
  await eventually(async () => assert.equal((await bob.texts()).at(-1), "an answer"));
  const page = await bob.call("GET", `/rooms/${GENERAL}/messages`) as {
    messages: { id: number; replyTo: number | null }[];
  };
  assert.equal(page.messages.at(-1)!.replyTo, page.messages.at(-2)!.id);
  await roomLink(ann.page, "garden").click();
  await composer(ann.page).press("Enter");
  await eventually(async () => {
    assert.deepEqual(await ann.account.texts(garden), ["m-2 my own, better"]);
  });
  await reads(ann.page, "");
  await roomLink(ann.page, "general").click();
  assert.equal(await ann.page.getByText("Draft", { exact: true }).count(), 0);
});

test("what is typed before the page woke is not lost", async (stage) => {
  const ann = await stage.person("ann");
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => wake = resolve);
  await ann.page.route("**/assets/*.js", async (route) => {
    await asleep;
    await route.continue();
  });
  await ann.page.goto(`/rooms/${GENERAL}`, { waitUntil: "commit" });
  await composer(ann.page).pressSequentially("typed early");
  await connected(ann.page, () => Promise.resolve(wake()));
  await reads(ann.page, "typed early");
  await composer(ann.page).press("Enter");
  await eventually(async () => assert.deepEqual(await ann.account.texts(), ["typed early"]));
});

test("a draft outlives a session that was ended elsewhere, for the same account alone", async (stage) => {
  stage.tolerate(SESSION_ENDED);
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await open(ann.page);
  await composer(ann.page).fill("half a thought");
  await ann.account.call("POST", "/logout");
  await ann.page.waitForURL("**/login**");
  await ann.context.addCookies([{ ...bob.cookie, url: stage.program.url }]);
  await open(ann.page);
  await reads(ann.page, "");
  const answer = await fetch(`${stage.program.url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "ann", password: "correct horse battery" }),
  });
  const [name, value] = answer.headers.get("set-cookie")!.split(";")[0]!.split("=");
  await answer.body?.cancel();
  await ann.context.addCookies([{ name: name!, value: value!, url: stage.program.url }]);
  await open(ann.page);
  await reads(ann.page, "half a thought");
});

test("two tabs share a draft: sent in one, it is gone from the other", async (stage) => {
  const ann = await stage.person("ann");
  const second = await ann.newPage();
  await Promise.all([open(ann.page), open(second)]);
  await composer(ann.page).fill("m-1");
  await reads(second, "m-1");
  await composer(ann.page).press("Enter");
  await seesMarks(second, ["m-1"]);
  await reads(second, "");
});

test("a draft that another tab wrote over and sent its own outlives a reload", async (stage) => {
  const ann = await stage.person("ann");
  const second = await ann.newPage();
  await open(ann.page);
  await open(second);
  await composer(ann.page).pressSequentially("one");
  await reads(second, "one");
  await composer(second).pressSequentially(" TWO");
  await eventually(async () => {
    const { drafts } = await ann.account.call("GET", "/drafts") as { drafts: { text: string }[] };
    assert.deepEqual(drafts.map(({ text }) => text), ["one TWO"]);
  });
  await composer(ann.page).pressSequentially(" and more");
  await isKept(ann.page, "one and more");
  await composer(ann.page).press("Enter");
  await message(ann.page, "one and more").waitFor();
  await reads(second, "one TWO");
  await reload(second);
  await reads(second, "one TWO");
});

test("a logout in one tab leaves nothing of what others had written over each other", async (stage) => {
  stage.tolerate(SESSION_ENDED);
  const ann = await stage.person("ann");
  const [second, settings] = [await ann.newPage(), await ann.newPage()];
  await open(ann.page);
  await open(second);
  await composer(ann.page).pressSequentially("one");
  await reads(second, "one");
  await composer(second).pressSequentially(" TWO");
  await eventually(async () => {
    const { drafts } = await ann.account.call("GET", "/drafts") as { drafts: { text: string }[] };
    assert.deepEqual(drafts.map(({ text }) => text), ["one TWO"]);
  });
  await composer(ann.page).pressSequentially(" and more");
  await isKept(ann.page, "one and more");
  await reads(second, "one TWO");
  await settings.goto("/settings");
  await settings.getByRole("button", { name: "Log out", exact: true }).click();
  await settings.waitForURL("**/login**");
  for (const page of [ann.page, second]) await page.waitForURL("**/login**");
  await second.close();
  const kept = await settings.evaluate(() => Object.entries(localStorage).flat().join("\n"));
  assert.doesNotMatch(kept, /one|TWO/);
});

test("a message deleted while it is being edited: its text is kept and can be sent anew", async (stage) => {
  const ann = await stage.person("ann");
  const said = await ann.account.say("m-1 first");
  await open(ann.page);
  await choose(ann.page, "m-1", "Edit");
  await composer(ann.page).fill("m-1 rewritten at length");
  await ann.account.call("DELETE", `/messages/${said.id}`);
  await ann.page.getByText("This message was deleted meanwhile.").waitFor();
  await reads(ann.page, "m-1 rewritten at length");
  await reload(ann.page);
  await ann.page.getByText("This message was deleted meanwhile.").waitFor();
  await ann.page.getByRole("button", { name: "Send as a new message" }).first().click();
  await eventually(async () => {
    assert.equal((await ann.account.texts()).at(-1), "m-1 rewritten at length");
  });
  await reads(ann.page, "");
});

test("a message changed elsewhere while it is being edited: one sees how, and chooses", async (stage) => {
  const ann = await stage.person("ann");
  const said = await ann.account.say("m-1 first");
  await open(ann.page);
  await choose(ann.page, "m-1", "Edit");
  await composer(ann.page).fill("m-1 from the desk");
  const elsewhere = (text: string) => ann.account.call("PATCH", `/messages/${said.id}`, { text });
  await elsewhere("m-1 from the phone");
  const warning = ann.page.getByText("You changed this message elsewhere meanwhile.");
  await warning.waitFor();
  await ann.page.locator("blockquote").getByText("m-1 from the phone").waitFor();
  await reads(ann.page, "m-1 from the desk");
  await ann.page.getByRole("button", { name: "Take that text" }).click();
  await reads(ann.page, "m-1 from the phone");
  await warning.waitFor({ state: "detached" });
  await composer(ann.page).fill("m-1 from the desk after all");
  await elsewhere("m-1 from the phone again");
  await ann.page.getByRole("button", { name: "Keep my text" }).click();
  await composer(ann.page).press("Enter");
  await message(ann.page, "m-1 from the desk after all").waitFor();
  await eventually(async () => {
    assert.deepEqual(await ann.account.texts(), ["m-1 from the desk after all"]);
  });
});

test("a reply whose target is deleted says so, and the text stays", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const said = await bob.say("m-1 a question");
  await open(ann.page);
  await choose(ann.page, "m-1", "Reply");
  await composer(ann.page).fill("an answer");
  await bob.call("DELETE", `/messages/${said.id}`);
  await ann.page.getByText("The message that you are answering was deleted.").waitFor();
  await reads(ann.page, "an answer");
});

test("an edit that cannot be saved is kept, over another room and a reload", async (stage) => {
  const ann = await stage.person("ann");
  await createRoom(ann.account, "garden");
  await ann.account.say("m-1 first");
  await open(ann.page);
  await choose(ann.page, "m-1", "Edit");
  await composer(ann.page).fill("m-1 second");
  stage.tolerate(/net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/);
  await ann.context.setOffline(true);
  await ann.page.getByText(/^Offline/).waitFor();
  await composer(ann.page).press("Enter");
  await ann.page.getByText("The server cannot be reached.").first().waitFor();
  await reads(ann.page, "m-1 second");
  await roomLink(ann.page, "garden").click();
  await ann.context.setOffline(false);
  await roomLink(ann.page, "general").click();
  await reads(ann.page, "m-1 second");
  // Until the connection is up, and not only the network: an edit before that is refused again.
  await ann.page.locator(".connection-line").waitFor({ state: "detached" });
  await composer(ann.page).press("Enter");
  await eventually(async () => assert.deepEqual(await ann.account.texts(), ["m-1 second"]));
});

test("in a room that is archived, or from which one was removed, what was written is kept", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  const room = await createRoom(bob, "garden", "private");
  await bob.call("PUT", `/rooms/${room}/members/${ann.account.id}`);
  await open(ann.page, `/rooms/${room}`);
  await composer(ann.page).fill("not yet sent");
  await bob.call("PATCH", `/rooms/${room}`, { archived: true });
  await ann.page.getByText("This room is archived.").waitFor();
  await ann.page.getByRole("region", { name: "What you had written" }).getByText("not yet sent")
    .waitFor();
  await bob.call("PATCH", `/rooms/${room}`, { archived: false });
  await reads(ann.page, "not yet sent");
  await bob.call("DELETE", `/rooms/${room}/members/${ann.account.id}`);
  await ann.page.getByText("You are no longer in the room").waitFor();
  const kept = ann.page.getByRole("region", { name: "What you had written" });
  await kept.getByText("not yet sent").waitFor();
  await kept.getByRole("button", { name: "Discard" }).click();
  await kept.waitFor({ state: "detached" });
});

test("a message that the server refuses can be edited, copied or discarded", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await ann.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const room = await createRoom(bob, "garden");
  await ann.account.call("PUT", `/rooms/${room}/members/${ann.account.id}`);
  await open(ann.page, `/rooms/${room}`);
  await composer(ann.page).fill("refused");
  stage.tolerate(/net::ERR_INTERNET_DISCONNECTED/);
  await ann.context.setOffline(true);
  await ann.page.getByText(/^Offline/).waitFor();
  await composer(ann.page).press("Enter");
  await bob.call("PATCH", `/rooms/${room}`, { archived: true });
  await ann.context.setOffline(false);
  await ann.page.getByText("Not sent.").waitFor();
  await bob.call("PATCH", `/rooms/${room}`, { archived: false });
  const failed = message(ann.page, "refused");
  await failed.getByRole("button", { name: "Copy text" }).click();
  await ann.page.getByText("Text copied").waitFor();
  assert.equal(await ann.page.evaluate(() => navigator.clipboard.readText()), "refused");
  await composer(ann.page).waitFor();
  await failed.getByRole("button", { name: "Edit" }).click();
  await reads(ann.page, "refused");
  await ann.page.getByText("Not sent.").waitFor({ state: "detached" });
  await composer(ann.page).press("Enter");
  await eventually(async () => assert.deepEqual(await ann.account.texts(room), ["refused"]));
  await choose(ann.page, "refused", "Copy link");
  await ann.page.getByText("Link copied").waitFor();
  const link = await ann.page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, new RegExp(`^${stage.program.url}/rooms/${room}/\\d+$`));
});

test("what is pasted is cleaned at the door, and the counter counts as the server does", async (stage) => {
  const ann = await stage.person("ann");
  await open(ann.page);
  await composer(ann.page).focus();
  const insert = (text: string) =>
    ann.page.evaluate((text) => document.execCommand("insertText", false, text), text);
  await composer(ann.page).fill("before after");
  await composer(ann.page).evaluate((input) => {
    (input as HTMLTextAreaElement).setSelectionRange(7, 7);
  });
  await insert("a\ud800b");
  await insert("c");
  await reads(ann.page, "before abcafter");
  // As a drop or an extension would: by value, with an input event.
  await composer(ann.page).evaluate((input: HTMLTextAreaElement) => {
    input.value = "m-1 \0 and \udc00 half";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromDrop" }));
  });
  await reads(ann.page, "m-1  and  half");
  await composer(ann.page).fill("👍".repeat(8_000));
  await ann.page.getByText("0 characters left").waitFor();
  await composer(ann.page).press("Enter");
  await eventually(async () => {
    assert.deepEqual((await ann.account.texts()).map((text) => [...text].length), [8_000]);
  });
  await composer(ann.page).fill("👍".repeat(8_001));
  await ann.page.getByText("1 character too many").waitFor();
  assert.equal(
    await ann.page.getByRole("button", { name: "Send", exact: true }).isDisabled(),
    true,
  );
  await composer(ann.page).fill("\u200b\u3164");
  assert.equal(
    await ann.page.getByRole("button", { name: "Send", exact: true }).isDisabled(),
    true,
  );
});

test("the Enter of an input method sends nothing, its Escape cancels nothing, wherever one types", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await bob.say("m-1");
  await open(ann.page);
  /** As Safari reports it: the composition has ended, then comes the key. */
  const confirm = (key: string) =>
    ann.page.evaluate((key) => {
      const field = document.activeElement!;
      field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "漢字" }));
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, "keyCode", { value: 229 });
      field.dispatchEvent(event);
      return event.defaultPrevented;
    }, key);
  await composer(ann.page).fill("漢字");
  await confirm("Enter");
  await reads(ann.page, "漢字");
  assert.deepEqual(await bob.texts(), ["m-1"]);
  await choose(ann.page, "m-1", "Reply");
  await ann.page.getByText("Replying to bob").waitFor();
  await composer(ann.page).focus();
  await confirm("Escape");
  await ann.page.getByText("Replying to bob").waitFor();
  // The list of people: neither Enter nor Tab takes one.
  await composer(ann.page).fill("");
  await composer(ann.page).pressSequentially("@b");
  await ann.page.getByRole("option").first().waitFor();
  await confirm("Enter");
  await confirm("Tab");
  await reads(ann.page, "@b");
  // Where the browser itself would submit a form or close a dialog, it is kept from it.
  await ann.page.getByRole("button", { name: "New…" }).click();
  await ann.page.getByRole("menuitem", { name: "Create a room" }).click();
  await ann.page.getByRole("textbox", { name: "Name" }).fill("庭");
  assert.equal(await confirm("Enter"), true);
  assert.equal(await confirm("Escape"), true);
  assert.equal(await ann.page.getByRole("dialog").count(), 1);
  await ann.page.keyboard.press("Escape");
  await composer(ann.page).fill("漢字");
  await composer(ann.page).press("Enter");
  await eventually(async () => assert.deepEqual((await bob.texts()).at(-1), "漢字"));
});
