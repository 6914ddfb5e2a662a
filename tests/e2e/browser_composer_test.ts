/** Writing with comfort: keys and the bar that format, lists that go on, what is pasted. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTests, eventually } from "../support/browser.ts";
import { createRoom, GENERAL } from "../support/browser_account.ts";
import { findsNothing } from "../support/browser_axe.ts";
import { choose, composer, message, open, roomLink } from "../support/browser_chat.ts";

const test = browserTests();

async function reads(page: Page, text: string): Promise<void> {
  await eventually(async () => assert.equal(await composer(page).inputValue(), text));
}

/** Writes anew, with the tools at hand. */
async function begin(page: Page, text = ""): Promise<void> {
  await composer(page).fill("x"); // they are fetched when somebody writes, if not before
  await page.locator(".composer [role=status]").first().waitFor({ state: "attached" });
  await composer(page).fill(text);
  await composer(page).press("End");
}

/** What the clipboard holds, by type, is pasted as by the browser: by a trusted key for text. */
async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await composer(page).evaluate((field, data) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    const goesOn = field.dispatchEvent(event);
    if (goesOn) document.execCommand("insertText", false, data["text/plain"] ?? "");
  }, data);
}

test("keys format what is selected, whatever alphabet they write, and undo takes it back", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await begin(page, "word");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+B");
  await reads(page, "**word**");
  await page.keyboard.press("Control+I");
  await reads(page, "**_word_**");
  await page.keyboard.press("Control+Z");
  await reads(page, "**word**");
  await page.keyboard.press("Control+Z");
  await reads(page, "word");
  await page.keyboard.press("Control+A");
  // The key of the letter B where the keyboard writes Russian.
  await composer(page).evaluate((field) =>
    field.dispatchEvent(
      new KeyboardEvent("keydown", { key: "и", code: "KeyB", ctrlKey: true, bubbles: true }),
    )
  );
  await reads(page, "**word**");
  await page.keyboard.press("Control+B");
  await page.keyboard.press("Control+Shift+X");
  await reads(page, "~~word~~");
  await page.keyboard.press("Control+Shift+X");
  await page.keyboard.press("Control+K");
  await page.keyboard.type("https://a.example");
  await reads(page, "[word](https://a.example)");
});

test("the bar comes with a selection and by its button, and its buttons keep the selection", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  const bar = page.getByRole("toolbar", { name: "Formatting" });
  await begin(page, "some word");
  assert.equal(await bar.count(), 0);
  await page.keyboard.press("Shift+Control+ArrowLeft");
  await bar.getByRole("button", { name: "Bold" }).click();
  await reads(page, "some **word**");
  await bar.getByRole("button", { name: "Bold" }).click();
  await reads(page, "some word");
  await page.keyboard.press("ArrowRight");
  await bar.waitFor({ state: "detached" });

  const format = page.getByRole("button", { name: "Formatting", exact: true });
  await format.click();
  await bar.waitFor();
  assert.equal(await format.getAttribute("aria-pressed"), "true");
  await composer(page).focus();
  await page.keyboard.press("Alt+F10");
  await eventually(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), "Bold")
  );
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await reads(page, "1. some word");
  await page.keyboard.press("Control+/");
  const help = page.getByRole("dialog", { name: "Keys and formatting" });
  await help.getByText("Ctrl+Shift+X").waitFor();
});

test("Enter goes on with a list and in code, and sends elsewhere and with Ctrl", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await begin(page, "- milk");
  await page.getByText("Enter begins the next item, Ctrl+Enter sends.").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("bread");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("rye");
  await reads(page, "- milk\n- bread\n  - rye");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await reads(page, "- milk\n- bread\n  - rye\n\n");
  await page.keyboard.type("m-1 that is all");
  await page.keyboard.press("Enter");
  await message(page, "m-1 that is all").getByText("rye").waitFor();
  await reads(page, "");
  await begin(page, "- cheese");
  const hint = page.getByText("Enter begins the next item, Ctrl+Enter sends.");
  await hint.waitFor();
  await page.keyboard.press("Control+Enter");
  await hint.waitFor({ state: "detached" });
  await begin(page, "```");
  await page.keyboard.press("Enter");
  await page.keyboard.type("m-2 code");
  await reads(page, "```\nm-2 code");
  await page.keyboard.press("Control+Enter");
  await message(page, "m-2 code").waitFor();
});

test("several pasted lines are offered as a block, and undo leads back", async (stage) => {
  const { page, context } = await stage.person("ann");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await begin(page, "look: ");
  const code = "if (a) {\n  b();\n}";
  await page.evaluate((code) => navigator.clipboard.writeText(code), code);
  await page.keyboard.press("Control+V");
  await reads(page, `look: ${code}`);
  await page.getByText("Pasted 3 lines.").waitFor();
  await page.getByRole("button", { name: "Make it a code block" }).click();
  await reads(page, `look: \n\`\`\`\n${code}\n\`\`\`\n`);
  await page.keyboard.press("Control+Z");
  await reads(page, `look: ${code}`);
  await page.keyboard.press("Control+Z");
  await reads(page, "look: ");
  await page.keyboard.press("Control+V");
  await page.getByText("Pasted 3 lines.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Pasted 3 lines.").waitFor({ state: "detached" });
  await begin(page, "this");
  await page.keyboard.press("Control+A");
  await page.evaluate(() => navigator.clipboard.writeText("https://a.example/b"));
  await page.keyboard.press("Control+V");
  await reads(page, "[this](https://a.example/b)");
});

const RICH: [what: string, html: string, markdown: string][] = [
  [
    "marks",
    "<p>A <b>bold</b>, <i>slanted</i> and <s>wrong</s> word</p>",
    "A **bold**, _slanted_ and ~~wrong~~ word",
  ],
  ["neighbours", "<b>a</b><b>b </b><i><b>c</b></i>", "**ab _c_**"],
  [
    "a word processor's",
    `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="margin:0"><span style="font-weight:700;font-style:normal">Title</span></p><p>Text <span style="font-style:italic">here</span></p></b>`,
    "**Title**\n\nText _here_",
  ],
  [
    "a link",
    `See <a href="https://a.example/x">this page</a> and <a href="https://b.example/">https://b.example/</a>`,
    "See [this page](https://a.example/x) and https://b.example/",
  ],
  ["no link", `<a href="javascript:alert(1)"><b>x</b></a>`, "**x**"],
  [
    "lists",
    "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
    "- a\n  1. b\n  2. c\n- d",
  ],
  [
    "tasks",
    `<ul><li><input type="checkbox" checked> done</li><li><input type="checkbox"> open</li></ul>`,
    "- [x] done\n- [ ] open",
  ],
  [
    "headings and quotes",
    "<h2>Head</h2><blockquote><p>one</p><p>two</p></blockquote>",
    "## Head\n\n> one\n>\n> two",
  ],
  [
    "code",
    `<p>Run <code>a*b</code>:</p><pre><code class="language-ts">let a = 1;\nlet b;</code></pre>`,
    "Run `a*b`:\n\n```ts\nlet a = 1;\nlet b;\n```",
  ],
  [
    "cells",
    `<style>td{color:red}</style><table><tr><td>Name</td><td>Sum</td></tr><tr><td>a|b</td><td>1,200.50</td></tr></table>`,
    "| Name | Sum |\n| --- | ---: |\n| a\\|b | 1,200.50 |",
  ],
  [
    "signs of the text itself",
    "<p><b>a</b> 2*3*4 snake_case _x_ 3 * 4</p><p># no head</p>",
    "**a** 2\\*3\\*4 snake_case \\_x\\_ 3 * 4\n\n\\# no head",
  ],
  [
    "what would run",
    `<b>a</b><script>document.title = "run"</script><img src=x onerror="document.title = 'run'">`,
    "**a**",
  ],
  ["lines", "<div><b>a</b><br>b</div><div>c</div>", "**a**\nb\n\nc"],
];

test("formatted text, lists and cells are pasted as Markdown, and nothing of it runs", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  for (const [what, html, markdown] of RICH) {
    await begin(page);
    await paste(page, { "text/html": html, "text/plain": "plain" });
    assert.equal(await composer(page).inputValue(), markdown, what);
  }
  await begin(page);
  await paste(page, { "text/html": "<p>just text</p>", "text/plain": "just text" });
  await reads(page, "just text");
  await begin(page);
  await paste(page, { "text/plain": "Name\tSum\na\t1\n" });
  await reads(page, "| Name | Sum |\n| --- | ---: |\n| a | 1 |");
  await begin(page, "```");
  await page.keyboard.press("Enter");
  await paste(page, { "text/html": "<b>a</b>", "text/plain": "a" });
  await reads(page, "```\na");
  assert.notEqual(await page.title(), "run");
});

test("a message is quoted as it was said, the part that is selected too, and the quote leads back to it", async (stage) => {
  const [{ page, account }, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { seq } = await bob.say("m-1 first words\nlast words");
  const before = Array.from({ length: 120 }, (_, at) => `m-${at + 2}`);
  for (const text of before) await account.say(text);
  await open(page, `/rooms/${GENERAL}/${seq}`);
  await choose(page, "m-1 first", "Quote");
  const address = new URL(`/rooms/${GENERAL}/${seq}`, stage.program.url).href;
  await reads(page, `> [bob](${address}):\n> m-1 first words\n> last words\n\n`);
  await page.keyboard.type("Yes.");
  await page.keyboard.press("Enter");
  const quoting = message(page, "Yes.");
  await quoting.waitFor();
  await quoting.locator(`.text a[href$="/rooms/${GENERAL}/${seq}"]`).click();
  const marked = message(page, "m-1 first").locator("[data-message]");
  await marked.waitFor();
  assert.equal(new URL(page.url()).pathname, `/rooms/${GENERAL}/${seq}`);
  assert.equal(page.context().pages().length, 1, "it opens no other tab");
  await page.getByRole("button", { name: "Back to where I was" }).click();
  await quoting.waitFor();

  await open(page, `/rooms/${GENERAL}/${seq}`);
  await message(page, "m-1 first").locator(".text").evaluate((text) => {
    const words = text.firstChild instanceof Text
      ? text.firstChild
      : text.querySelector("p")!.firstChild!;
    getSelection()!.setBaseAndExtent(words, 4, words, 9);
  });
  await choose(page, "m-1 first", "Quote");
  await reads(page, `> [bob](${address}):\n> first\n\n`);
});

test("an answer shows what it answers, however far back that is, and leads there and back", async (stage) => {
  const [{ page, account }, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { id } = await account.say("m-1 asked long ago");
  for (let at = 2; at < 130; at++) await account.say(`m-${at}`);
  await bob.call("POST", `/rooms/${GENERAL}/messages`, { text: "m-130 answer", replyTo: id });
  await open(page);
  const answer = message(page, "m-130 answer");
  const quote = answer.getByRole("link", { name: /asked long ago/ });
  await quote.waitFor();
  await account.call("PATCH", `/messages/${id}`, { text: "m-1 asked, and mended" });
  await answer.getByRole("link", { name: /asked, and mended/ }).click();
  await message(page, "m-1 asked, and mended").locator(".marked").waitFor();
  await page.goBack();
  await answer.waitFor();
  await account.call("DELETE", `/messages/${id}`);
  await answer.getByText("a deleted message").waitFor();
});

test("a room's name is completed, and undo takes that back", async (stage) => {
  const { page, account } = await stage.person("ann");
  await createRoom(account, "garden party");
  await open(page);
  await begin(page);
  await page.keyboard.type("see #gar");
  await page.getByRole("option", { name: "garden party" }).waitFor();
  await page.keyboard.press("Enter");
  await reads(page, "see #garden party ");
  await page.keyboard.press("Control+Z");
  await reads(page, "see #gar");
  await page.keyboard.press("Control+Shift+Z");
  await page.keyboard.press("Enter");
  await message(page, "see #garden party").waitFor();
});

test("axe finds nothing in the bar, the offer of a block and the list of keys", async (stage) => {
  const { page } = await stage.person("ann");
  await open(page);
  await begin(page, "- one");
  await page.getByRole("button", { name: "Formatting", exact: true }).click();
  await paste(page, { "text/plain": "\na;\nb;\nc;" });
  await page.getByText("Pasted 3 lines.").waitFor();
  await findsNothing(page, "the bar and the offer");
  await page.getByRole("button", { name: "Make it a code block" }).click();
  await page.keyboard.press("Control+/");
  await page.getByRole("dialog", { name: "Keys and formatting" }).waitFor();
  await findsNothing(page, "the list of keys");
});

test("the tools are there in the next room, too, and in an edit", async (stage) => {
  const { page, account } = await stage.person("ann");
  const garden = await createRoom(account, "garden");
  await account.say("m-1 mine", garden);
  await open(page);
  await begin(page);
  await roomLink(page, "garden").click();
  await message(page, "m-1 mine").waitFor();
  await composer(page).press("ArrowUp");
  await reads(page, "m-1 mine");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+B");
  await reads(page, "**m-1 mine**");
  await page.keyboard.press("Enter");
  await message(page, "m-1 mine").locator("strong").waitFor();
});

test("a finger on a message of which a part is selected quotes that part", async (stage) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { page } = await stage.person("ann", phone);
  const bob = await stage.account("bob");
  const { seq } = await bob.say("m-1 first words that go on over more than one line of a phone");
  await open(page, `/rooms/${GENERAL}/${seq}`);
  const text = message(page, "m-1 first").locator(".text");
  await text.evaluate((one) => {
    const words = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode()!;
    getSelection()!.setBaseAndExtent(words, 4, words, 9);
  });
  await text.tap();
  await page.getByRole("menuitem", { name: "Quote" }).tap();
  const address = new URL(`/rooms/${GENERAL}/${seq}`, stage.program.url).href;
  await reads(page, `> [bob](${address}):\n> first\n\n`);
});

test("what is selected is quoted also where what reads its marks could not be fetched", async (stage) => {
  const [{ page }, bob] = [await stage.person("ann"), await stage.account("bob")];
  const { seq } = await bob.say("m-1 first **bold** words");
  stage.tolerate(/^Failed to load resource.*rich_text/);
  await page.route("**/rich_text-*", (route) => route.abort());
  await open(page, `/rooms/${GENERAL}/${seq}`);
  const text = message(page, "m-1 first").locator(".text");
  await text.locator("strong").waitFor();
  await text.evaluate((one) => getSelection()!.selectAllChildren(one.querySelector("strong")!));
  await choose(page, "m-1 first", "Quote");
  const address = new URL(`/rooms/${GENERAL}/${seq}`, stage.program.url).href;
  await reads(page, `> [bob](${address}):\n> bold\n\n`);
});
