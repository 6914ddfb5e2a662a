/** A page that the browser translates shows what is true now, not what it translated once. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually, type Person, type Stage } from "../support/browser.ts";
import { createRoom } from "../support/browser_account.ts";
import { message, messageList, open, rooms, write } from "../support/browser_chat.ts";

const test = browserTests();

/** How translators put their words in the place of a text node. */
const WAYS = {
  /** Chromium's: two `<font>` with other words; the node is gone. */
  replaced: (text: Text) => {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = `«${text.data}»`;
    outer.append(inner);
    text.replaceWith(outer);
  },
  /** In two steps. */
  insertedAndRemoved: (text: Text) => {
    const font = document.createElement("font");
    font.textContent = `«${text.data}»`;
    text.before(font);
    text.remove();
  },
  /** Around the node itself. */
  wrapped: (text: Text) => {
    const font = document.createElement("font");
    text.before(font);
    font.append(text);
  },
};

/** Translates all that stands on the page, but for what is kept from translators. */
async function translate(page: Page, way: keyof typeof WAYS): Promise<void> {
  await page.evaluate((source) => {
    const put = new Function(`return (${source})`)() as (text: Text) => void; // one of the ways
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      const parent = text.parentElement!;
      if (text.data.trim() !== "" && !parent.closest("font, script, noscript, textarea")) {
        found.push(text);
      }
    }
    for (const text of found) put(text);
  }, WAYS[way].toString());
}

async function shown(page: Page): Promise<string> {
  return (await messageList(page).innerText()).replace(/[«»]/g, "");
}

async function showsInOrder(page: Page, ...parts: (string | RegExp)[]): Promise<void> {
  await eventually(async () => {
    let rest = await shown(page);
    for (const part of parts) {
      const at = typeof part === "string" ? rest.indexOf(part) : rest.search(part);
      assert(at !== -1, `${part} in: ${rest}`);
      rest = rest.slice(at + 1);
    }
  });
}

async function scene(stage: Stage): Promise<{ ann: Person; bob: Person }> {
  const [ann, bob] = [
    await stage.person("ann", { bypassCSP: true }),
    await stage.person("bob", { bypassCSP: true }),
  ];
  return { ann, bob };
}

for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) {
  test(`what is ${way} by a translator follows edits, reactions, names, counts and typing`, async (stage) => {
    const { ann, bob } = await scene(stage);
    const other = await createRoom(bob.account, "garden");
    await ann.account.call("PUT", `/rooms/${other}/members/${ann.account.id}`);
    const first = await bob.account.say("first words with https://example.org/a inside");
    await bob.account.say("second words");
    const third = await bob.account.say("third words");
    await ann.account.call("PUT", `/messages/${first.id}/reactions/${encodeURIComponent("👍")}`);
    await open(ann.page);
    await message(ann.page, "third words").waitFor();
    await message(ann.page, "first words").getByRole("button", { name: /👍/ }).waitFor();
    await translate(ann.page, way);

    await bob.account.call("PATCH", `/messages/${first.id}`, {
      text: "changed now with https://example.org/b and `code` inside",
    });
    await showsInOrder(
      ann.page,
      "changed now with",
      "example.org/b",
      "and",
      "code",
      "inside",
      "(edited)",
    );
    assert.doesNotMatch(await shown(ann.page), /first words|example\.org\/a/);

    await translate(ann.page, way);
    await bob.account.call("PUT", `/messages/${first.id}/reactions/${encodeURIComponent("👍")}`);
    await showsInOrder(ann.page, "changed now with", "👍", "2", "second words");
    await bob.account.call("DELETE", `/messages/${third.id}`);
    await showsInOrder(ann.page, "second words", "This message was deleted");
    assert.doesNotMatch(await shown(ann.page), /third words/);

    await translate(ann.page, way);
    await bob.account.call("PATCH", "/me", { displayName: "Robert" });
    await showsInOrder(ann.page, "Robert", "changed now");
    assert.doesNotMatch(await shown(ann.page), /\bbob\b/);
    await bob.account.say("a fourth, @ann");
    await showsInOrder(ann.page, "second words", "deleted", "a fourth, @ann");
    await write(ann.page, "and a fifth of my own");
    await showsInOrder(ann.page, "a fourth, @ann", "and a fifth of my own");
    await eventually(async () => assert.doesNotMatch(await shown(ann.page), /Sending/));

    await translate(ann.page, way);
    await bob.account.say("over here", other);
    const garden = rooms(ann.page).getByRole("link", { name: /garden/ });
    await eventually(async () => assert.match(await garden.innerText(), /garden»?\n»?«?1/));
    await translate(ann.page, way);
    await bob.account.say("and again", other);
    await eventually(async () => assert.match(await garden.innerText(), /garden»?\n2\n2 unread$/));
    await bob.account.call("PATCH", `/rooms/${other}`, { name: "orchard" });
    await rooms(ann.page).getByRole("link", { name: /orchard/ }).waitFor();
    assert.equal(await rooms(ann.page).getByText(/garden/).count(), 0);

    await open(bob.page);
    await translate(ann.page, way);
    await bob.page.getByRole("textbox", { name: /^Message / }).pressSequentially("typing");
    const line = ann.page.getByText("Robert is typing…");
    await line.waitFor();
    await translate(ann.page, way);
    await write(bob.page, "a sixth");
    await showsInOrder(ann.page, "and a fifth of my own", "a sixth");
    await eventually(async () => assert.equal(await ann.page.getByText(/is typing/).count(), 0));
  });
}

test("originals that the translator shows again follow what happens afterwards", async (stage) => {
  const { ann, bob } = await scene(stage);
  const first = await bob.account.say("first words");
  await open(ann.page);
  await message(ann.page, "first words").waitFor();
  await translate(ann.page, "replaced");
  await ann.page.evaluate(() => {
    for (const font of document.querySelectorAll("body font font")) font.parentElement!.remove();
  });
  await showsInOrder(ann.page, "bob", "first words");
  await bob.account.call("PATCH", `/messages/${first.id}`, { text: "second words" });
  await showsInOrder(ann.page, "bob", "second words", "(edited)");
  assert.doesNotMatch(await shown(ann.page), /first/);
});

test("a page that was translated before its script came wakes right", async (stage) => {
  const { ann, bob } = await scene(stage);
  const first = await bob.account.say("first words");
  const gate = Promise.withResolvers<void>();
  await ann.page.route(/\/assets\/.*\.js$/, async (route) => {
    await gate.promise;
    await route.continue();
  });
  const opened = open(ann.page);
  await ann.page.getByText("first words").waitFor();
  await translate(ann.page, "replaced");
  gate.resolve();
  await opened;
  await bob.account.call("PATCH", `/messages/${first.id}`, { text: "second words" });
  await showsInOrder(ann.page, "bob", "second words", "(edited)");
  assert.doesNotMatch(await shown(ann.page), /first/);
});
