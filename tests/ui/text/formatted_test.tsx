/** Formatted text as the server writes it, and the browser after. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { renderToString } from "preact-render-to-string";
import type { Message } from "../../../lib/protocol/messages.ts";
import { ChatView } from "../../../lib/ui/ChatView.tsx";
import { ANN, BOB, fakeClient, messageOf, roomOf } from "../fake_client.ts";

function shown(text: string, over: Partial<Message> = {}): string {
  const client = fakeClient([messageOf(1, text, over)], {
    rooms: signal(
      new Map([
        [1, roomOf()],
        [2, roomOf({ id: 2, name: "Design" })],
        [3, roomOf({ id: 3, name: "design team" })],
        [4, roomOf({ id: 4, name: "кухня" })],
      ]),
    ),
    users: signal(new Map([[ANN.id, ANN], [BOB.id, BOB]])),
  });
  const html = renderToString(<ChatView client={client} language="en" navigate={() => {}} />);
  const [, inner] = /<div +class="text[^>]*>(.*?)<\/div><\/div><\/li>/s.exec(
    html.replace(/<p class="reactions.*?<\/p>/s, "").replace(/ {2,}/g, " "),
  ) ?? [];
  return (inner ?? html).replace(/ tabindex="-?\d"/g, "").replace(/ (?=>)/g, "");
}

function formatted(text: string, over: Partial<Message> = {}): string {
  const [, inner] =
    /^<div class="formatted">(.*)<\/div><\/div>$/s.exec(shown(text, over) + "</div>") ??
      /^<div class="formatted">(.*)<\/div>$/s.exec(shown(text, over)) ?? [];
  assert.ok(inner !== undefined, `it is formatted: ${shown(text, over).slice(0, 300)}`);
  return inner.replace(/<\/div>$/, "");
}

Deno.test("emphasis, lists, tasks, quotes, headings and rules are elements", () => {
  assert.equal(
    formatted("**a** _b_ ~~c~~ `d`"),
    '<p><strong>a</strong> <em>b</em> <del>c</del> <code dir="ltr" translate="no">d</code></p>',
  );
  assert.equal(formatted("# A\nb\nc"), "<h3>A</h3><p>b<br>c</p>");
  assert.equal(
    formatted("2. a\n3. b"),
    '<ol dir="auto" start="2"><li>a</li><li>b</li></ol>',
  );
  assert.match(
    formatted("- [x] a\n- [ ] b"),
    /^<ul dir="auto"><li class="task"><span class="task-box done" role="img" aria-label="Done"><\/span><div>a<\/div><\/li><li class="task"><span class="task-box" role="img" aria-label="To do">/,
  );
  assert.equal(formatted("> a\n\n---"), '<blockquote dir="auto"><p>a</p></blockquote><hr>');
});

Deno.test("a table scrolls in itself and says how its columns stand", () => {
  assert.match(
    formatted("| a | b |\n|:-:|--:|\n| 1 | **2** |"),
    /^<div class="table" role="group" aria-label="Table"><table dir="auto"><thead><tr><th class="center" scope="col">a<\/th>.*<td class="right"><strong>2<\/strong><\/td>/,
  );
});

Deno.test("code says its language, and a button copies it", () => {
  const html = formatted("```ts\nlet a = 1 < 2;\n```");
  assert.match(
    html,
    /<span translate="no">TypeScript<\/span><button type="button" class="link-button">Copy</,
  );
  assert.match(html, /<pre translate="no"><code>let a = 1 &lt; 2;<\/code><\/pre>/);
  assert.match(formatted("```klingon\nx\n```"), /<span translate="no">klingon<\/span>/);
});

Deno.test("people are named in formatted text, and not in code, links or behind a backslash", () => {
  const mention = /<bdi class="mention own" title="Ann Lee" translate="no">@ann<\/bdi>/;
  assert.match(formatted("- **@ann**", { mentions: [1] }), mention);
  for (const text of ["`@ann` *x*", "[@ann](https://x.y)", "\\@ann", "~~~\n@ann\n~~~"]) {
    assert.doesNotMatch(formatted(text, { mentions: [1] }), /class="mention/, text);
  }
  assert.match(
    formatted("*all*: @here", { mentionsAll: "here" }),
    /<bdi class="mention" translate="no">@here<\/bdi>/,
  );
});

Deno.test("names of rooms that the reader has are links to them, the longest that fits", () => {
  const link = (id: number, name: string) =>
    `<a class="named-room" href="/rooms/${id}"><bdi translate="no">${name}</bdi></a>`;
  assert.equal(formatted("see #design, please"), `<p>see ${link(2, "#design")}, please</p>`);
  assert.equal(formatted("(#Design team)"), `<p>(${link(3, "#Design team")})</p>`);
  assert.equal(formatted("в #кухня."), `<p>в ${link(4, "#кухня")}.</p>`);
  for (
    const text of ["#designer", "x#design", "&#35;", "#other", "`#design`", "https://x.y/#design"]
  ) {
    assert.doesNotMatch(shown(text), /named-room/, text);
  }
});

Deno.test("a link tells where it leads; one that leads elsewhere than it says shows both", () => {
  const attributes = 'target="_blank" rel="noopener noreferrer nofollow"';
  assert.equal(
    formatted("[the *plan*](https://x.y/a)"),
    `<p><a href="https://x.y/a" ${attributes} title="https://x.y/a">the <em>plan</em></a></p>`,
  );
  assert.match(
    formatted("[bank.com](https://evil.example/a)"),
    /<p>bank\.com \(<a dir="ltr"[^>]*>https:\/\/evil\.example\/a<\/a>\)<\/p>/,
  );
  assert.match(formatted("[docs.x.y](https://docs.x.y/a)"), /<a [^>]*>docs\.x\.y<\/a>/);
  assert.match(formatted("[node.js](https://nodejs.org)"), /node\.js \(<a /);
  assert.match(formatted("[a](https://аpple.com)"), /title="https:\/\/xn--pple-43d\.com"/);
  assert.match(formatted("![a picture](https://x.y/p.png)"), /<a [^>]*>a picture<\/a>/);
  assert.match(formatted("[](https://x.y/p)"), /<a [^>]*>https:\/\/x\.y\/p<\/a>/);
  assert.match(formatted("<me@x.y>"), /<a href="mailto:me@x\.y"[^>]*>me@x\.y<\/a>/);
});

Deno.test("words that a reader takes for another address are no link, however that is written", () => {
  for (
    const words of [
      "https://bank",
      "https://bank/login",
      "http:\\\\bank.com",
      "https://bank.com@evil.example",
      "bank.com (evil.example)",
      "https://bank.com/ evil.example",
      "evil.example bank.com",
      "\u201cbank.com\u201d",
      "\u00abbank.com\u00bb",
      "\u2192bank.com",
      "to:bank.com",
      "login/bank.com",
      "ba\u200bnk.com",
      "ba\u00adnk.com",
      "\u200bbank.com",
      "bank\u2024com",
      "bank\uff0ecom",
      "bank\ua4f8com",
      "bank&#46;com",
      "ba**nk.c**om",
      "ba&#x200b;nk.com",
      "\u202emoc.knab",
      "\u200b".repeat(600) + "bank.com",
      "a ".repeat(300) + "bank.com",
      "me@bank.com",
      "10.0.0.1",
    ]
  ) {
    const html = formatted(`[${words}](https://evil.example/a)`);
    assert.match(
      html,
      /\(<a dir="ltr"[^>]*>https:\/\/evil\.example\/a<\/a>\)<\/p>/,
      `${JSON.stringify(words)}: ${html}`,
    );
  }
  assert.match(
    formatted("[help@bank.com](mailto:me@evil.example)"),
    /help@bank\.com \(<a dir="ltr"[^>]*>mailto:me@evil\.example<\/a>\)/,
  );
});

Deno.test("words that name the address itself, or none, are a link", () => {
  for (
    const words of [
      "the plan",
      "xy.de",
      "https://xy.de",
      "https://xy.de/a.html?b=c.de",
      "http://xy.de:8080/",
      "docs.xy.de/readme.md",
      "(docs.xy.de)",
      "**xy.de**",
      "XY.de",
      "version 1.20",
      "v2.10.1",
      "e.g. this",
      "10:30, 3.14",
    ]
  ) {
    assert.match(
      formatted(`[${words}](https://docs.xy.de/a)`),
      /^<p><a [^>]*>[^]*<\/a><\/p>$/,
      words,
    );
  }
  assert.match(formatted("[write to me@xy.de](mailto:me@xy.de)"), /^<p><a [^>]*>[^]*<\/a><\/p>$/);
  assert.match(
    formatted("[\u3164\u200b](https://x.y/p)"),
    /<a [^>]*>https:\/\/x\.y\/p<\/a>/,
    "a link is seen",
  );
});

Deno.test("what cannot be followed is the text that was written", () => {
  for (
    const text of [
      "[x](javascript:alert(1))",
      "[x](JaVaScRiPt&#58;alert(1))",
      "[x](data:text/html,x)",
      "![x](javascript:alert(1))",
      "[x](vbscript:a)",
      "[x](/rooms/1)",
      "[x](https://bank.com@evil.example)",
      "<javascript:alert(1)>",
    ]
  ) {
    const html = formatted(text);
    assert.doesNotMatch(html, /<a /, text);
    assert.match(html, /\[x\]|&lt;javascript/, text);
  }
});

Deno.test("HTML is the text that it is, in every place of a formatted text", () => {
  for (
    const text of [
      "<script>alert(1)</script>\n\n**x**",
      "**<img src=x onerror=alert(1)>**",
      "- <b onclick=x>y</b>",
      "| <i> |\n|---|\n| <a href='javascript:1'>x</a> |",
      "# <svg onload=alert(1)>",
      '```"><script>\n<script>\n```',
      '[x](https://e.com/"onclick=alert)',
    ]
  ) {
    const html = formatted(text);
    assert.doesNotMatch(html, /<(script|img|b|i|svg)[\s>]|<[^>]* on\w+=|href="javascript/, text);
    assert.doesNotMatch(html, /&amp;(lt|quot|amp)/, `${text}: it is escaped once`);
  }
});

Deno.test("a text that is too much is shown plainly, with its links and code", () => {
  const html = shown(`${">".repeat(100)} https://x.y \`a\``);
  assert.match(html, /&gt;&gt;|>>>/);
  assert.match(html, /<a dir="ltr" [^>]*href="https:\/\/x\.y\/"/);
  assert.match(html, /<code dir="ltr" translate="no">a<\/code>/);
});

Deno.test("a text without markup is shown as before, and no formatting is around it", () => {
  assert.doesNotMatch(
    shown("hello, it's 5 * 3 = 15\n\n  see snake_case: 1/2"),
    /formatted|<p>|<em>/,
  );
});

Deno.test("a text of more names than anybody writes shows them as text; fewer are links", () => {
  const names = (count: number) => `*all* ${"@ann #design\n".repeat(count)}`;
  const count = (html: string, name: string) => html.split(`class="${name}`).length - 1;
  const some = shown(names(90), { mentions: [1] });
  assert.deepEqual([count(some, "mention"), count(some, "named-room")], [90, 90]);
  const many = shown(names(300), { mentions: [1] });
  assert.deepEqual([count(many, "mention"), count(many, "named-room")], [0, 0]);
  assert.equal(many.split("@ann #design").length - 1, 300, "all of it is there");
});

Deno.test("however many rooms texts name, the reader's rooms are gone through once", () => {
  let walks = 0;
  class Rooms extends Map<number, ReturnType<typeof roomOf>> {
    override values() {
      walks++;
      return super.values();
    }
  }
  const shownAt = (count: number) => {
    const rooms = new Rooms([[1, roomOf()], [2, roomOf({ id: 2, name: "Design" })]]);
    const texts = Array.from(
      { length: 10 },
      (_, at) => messageOf(at + 1, "#design\n".repeat(count)),
    );
    const client = fakeClient(texts, { rooms: signal(rooms), users: signal(new Map([[1, ANN]])) });
    walks = 0;
    renderToString(<ChatView client={client} language="en" navigate={() => {}} />);
    return walks;
  };
  assert.equal(shownAt(100), shownAt(1));
});
