import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import { hasMarkup } from "../../../lib/protocol/markup.ts";
import { mentionIndex, plainPieces, type TextPiece } from "../../../lib/ui/text/pieces.ts";
import { tokenize } from "../../../lib/ui/text/with_code.ts";
import { atOwnSpeed } from "../../support/own_speed.ts";

const NOBODY = new Map<string, number>();

function links(text: string): string[] {
  return tokenize(text, NOBODY).filter((piece) => piece.type === "link").map(({ text }) => text);
}

function joined(pieces: TextPiece[]): string {
  return pieces.map((piece) => piece.text).join("");
}

Deno.test("an address becomes a link, and what stands around it stays text", () => {
  assert.deepEqual(tokenize("see https://example.org/a?b=c#d now", NOBODY), [
    { type: "text", text: "see " },
    { type: "link", text: "https://example.org/a?b=c#d", href: "https://example.org/a?b=c#d" },
    { type: "text", text: " now" },
  ]);
});

Deno.test("only http and https become links", () => {
  for (
    const text of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)//https:",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:x",
      "ftp://example.org",
      "//example.org",
      "javascripthttp://example.org",
      "data:text/html,x",
      "https://",
    ]
  ) assert.deepEqual(links(text), [], text);
  assert.deepEqual(tokenize("http://example.org", NOBODY), [
    { type: "link", text: "http://example.org", href: "http://example.org/" },
  ]);
});

Deno.test("a sentence's punctuation does not belong to the address", () => {
  assert.deepEqual(links("(https://example.org/a)."), ["https://example.org/a"]);
  assert.deepEqual(links("https://example.org/a, https://example.org/b!"), [
    "https://example.org/a",
    "https://example.org/b",
  ]);
  assert.deepEqual(links("https://en.wikipedia.org/wiki/Rust_(language)"), [
    "https://en.wikipedia.org/wiki/Rust_(language)",
  ]);
  assert.deepEqual(links("«https://example.org/путь»"), ["https://example.org/путь"]);
});

Deno.test("no text is lost or doubled, whatever it holds", () => {
  for (
    const text of ["a https://x.org. b @ann, c", "@ann@ann @ann.", "<b>`x`</b>", "````", "`a\nb`"]
  ) {
    const pieces = tokenize(text, new Map([["ann", 1]]));
    if (pieces.every((piece) => piece.type !== "code")) assert.equal(joined(pieces), text);
    else assert.equal(joined(pieces), text.replaceAll("`", ""));
  }
});

Deno.test("a mention is what the server found, without the full stop after it", () => {
  const index = mentionIndex([1], (id) => id === 1 ? "Ann" : undefined);
  assert.deepEqual(tokenize("ask @ANN. or @bob", index), [
    { type: "text", text: "ask " },
    { type: "mention", text: "@ANN", userId: 1 },
    { type: "text", text: ". or @bob" },
  ]);
  assert.deepEqual(tokenize("me@ann.org", index), [{ type: "text", text: "me@ann.org" }]);
});

Deno.test("code is neither link nor mention", () => {
  const index = new Map([["ann", 1]]);
  assert.deepEqual(tokenize("`@ann https://x.org`", index), [
    { type: "code", text: "@ann https://x.org" },
  ]);
  assert.deepEqual(tokenize("before\n```ts\nlet a = `b`;\n```\nafter", index), [
    { type: "text", text: "before" },
    { type: "block", text: "let a = `b`;" },
    { type: "text", text: "after" },
  ]);
});

Deno.test("a text made to be slow is cut in time that grows with its length alone", () => {
  for (const piece of ["(", ")", "`", "```", "@a", "https://", "https://a(", "[](", "\n```"]) {
    const text = piece.repeat(Math.floor(8000 / piece.length));
    const before = performance.now();
    tokenize(text, new Map([["ann", 1]]));
    assert.ok(performance.now() - before < atOwnSpeed(500), piece);
  }
});

Deno.test("no message of 8,000 characters takes long to cut, whatever it is made of", () => {
  const filled = (start: string, part: string) =>
    (start + part.repeat(8_000)).slice(0, LIMITS.textLength);
  const hostile = [
    filled("http://a", ".)"),
    filled("http://a", ")]}"),
    filled("http://a", "("),
    filled("", "http://a"),
    filled("", "http://a) "),
    filled("", "`"),
    filled("", "`a\n"),
    filled("", "\n```"),
    filled("", "@ann"),
    filled("@ann", ".-"),
    filled("", "@"),
    filled("", "_@"),
    filled("@", "看"),
    filled("", "看@李小龙看一下这个"),
    Array.from({ length: 120 }, (_, at) => `@${String.fromCodePoint(0x4e00 + at).repeat(63)}`).join(
      " ",
    ),
    Array.from({ length: 120 }, (_, at) => `@${"กิ".repeat(at % 30)}ข${"ะ\u0e49".repeat(31)}`).join(
      " ",
    ).slice(0, 8_000),
    filled("", "@看看看"),
    filled("", "@a\u0301"),
    filled("", "_"),
    filled("", "`" + "a``b"),
    filled("", "\u0301"),
    filled("https://", "а"),
    filled("https://а.com/", "。"),
    filled("", "https://а.com "),
    filled("", "https://a[b](c"),
    filled("https://a", "…"),
    filled("", "http://a]"),
    filled("", "http://a\u3002"),
  ];
  for (const text of hostile) {
    // The best of three: the machine may be busy with something else for a moment.
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      tokenize(text, new Map([["ann", 1]]));
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 20, `${text.slice(0, 20)}… took ${Math.min(...times)} ms`);
  }
});

Deno.test("a message is 500 pieces at most; what is beyond stays text", () => {
  const index = new Map([["ann", 1]]);
  const pieces = tokenize("@ann ".repeat(1_600), index);
  assert.equal(pieces.length, 501);
  assert.equal(joined(pieces), "@ann ".repeat(1_600));
  assert.equal(tokenize("@ann ".repeat(200), index).length, 400);
});

Deno.test("brackets that the address opened are its own, however many close after them", () => {
  assert.deepEqual(links("http://a/(b))).)"), ["http://a/(b)"]);
  assert.deepEqual(links("http://a/[b](c)]!"), ["http://a/[b](c)"]);
});

Deno.test("an address of more than 2,048 characters stays text", () => {
  const longest = `https://example.org/${"a".repeat(2_048 - 20)}`;
  assert.deepEqual(links(`${longest}.`), [longest]);
  assert.deepEqual(links(`${longest}a`), []);
  assert.equal(joined(tokenize(`${longest}a`, NOBODY)), `${longest}a`);
});

/** What is written, and the addresses that are links in it. */
const ADDRESSES: [string, string[]][] = [
  ["https://example.com/foo。", ["https://example.com/foo"]],
  ["请看https://example.com/foo，谢谢", ["https://example.com/foo"]],
  ["（https://example.com/foo）", ["https://example.com/foo"]],
  ["「https://example.com/foo」と『https://example.com/b』", [
    "https://example.com/foo",
    "https://example.com/b",
  ]],
  ["《https://example.com》！", ["https://example.com"]],
  ["【https://example.com/】？", ["https://example.com/"]],
  ["https://example.com/a、https://example.com/b；", [
    "https://example.com/a",
    "https://example.com/b",
  ]],
  ["https://example.com/a：", ["https://example.com/a"]],
  ["https://example.com/a\u200b b", ["https://example.com/a"]],
  ["https://example.com/a\u200d\u2060\ufeffb", ["https://example.com/a"]],
  ["https://example.com/\u202egpj.exe", ["https://example.com/"]],
  ["\u2068https://example.com/a\u2069", ["https://example.com/a"]],
  ["https://example.com/a\u00adb", ["https://example.com/a"]],
  ["https://example.com/a\u3164b", ["https://example.com/a"]],
  ["https://example.com/a؟ https://example.com/b، https://example.com/c।", [
    "https://example.com/a",
    "https://example.com/b",
    "https://example.com/c",
  ]],
  ["https://en.wikipedia.org/wiki/Foo_(bar)", ["https://en.wikipedia.org/wiki/Foo_(bar)"]],
  ["(https://en.wikipedia.org/wiki/Foo_(bar))", ["https://en.wikipedia.org/wiki/Foo_(bar)"]],
  ["(https://x.y/)", ["https://x.y/"]],
  ["(https://x.y/)and", ["https://x.y/"]],
  ["[text](https://x.y/a)", ["https://x.y/a"]],
  ["[https://x.y/a](https://x.y/b)", ["https://x.y/a", "https://x.y/b"]],
  ["**https://x.y/a** ~~https://x.y/b~~", ["https://x.y/a", "https://x.y/b"]],
  ["https://x.y/a… ‘https://x.y/b’ “https://x.y/c” „https://x.y/d“", [
    "https://x.y/a",
    "https://x.y/b",
    "https://x.y/c",
    "https://x.y/d",
  ]],
  ["'https://x.y/a' \"https://x.y/b\" <https://x.y/c>", [
    "https://x.y/a",
    "https://x.y/b",
    "https://x.y/c",
  ]],
  ["https://x.y/it's?", ["https://x.y/it's"]],
  ["https://x.y/путь/日本語", ["https://x.y/путь/日本語"]],
  ["http://[::1]:8000/a, http://127.0.0.1:80/", ["http://[::1]:8000/a", "http://127.0.0.1:80/"]],
  ["https://x.y:8443/a#b", ["https://x.y:8443/a#b"]],
  ["https://medium.com/@ann/x", ["https://medium.com/@ann/x"]],
  ["https://x.y/a%20b?c=d&e[]=f", ["https://x.y/a%20b?c=d&e[]=f"]],
  // A name before the host, or no host where one reads it.
  ["https://google.com@evil.example", []],
  ["https://google.com:443@evil.example/", []],
  ["https://google.com%40x@evil.example/", []],
  ["https://@evil.example", []],
  ["https:///evil.example", []],
  ["https://", []],
  ["https://。", []],
];

Deno.test("an address ends where a reader would say it does", () => {
  for (const [text, expected] of ADDRESSES) {
    assert.deepEqual(links(text), expected, text);
    assert.equal(joined(tokenize(text, NOBODY)), text);
  }
});

Deno.test("a host that could be taken for another is shown in its ASCII form", () => {
  const shown = (host: string) => links(`https://${host}/a`)[0]!.slice("https://".length, -2);
  for (
    const honest of [
      "чат.рф",
      "москва.com",
      "例え.jp",
      "東京tower.jp",
      "ラーメンno1.jp",
      "한국abc.kr",
      "bücher.de",
      "việtnam.vn",
      "ελλάδα.gr",
      "مثال.إختبار",
      "पता.भारत",
      "xn--80ak6aa92e.com",
      "EXAMPLE.com",
      "рао.рф",
    ]
  ) assert.equal(shown(honest), honest);
  for (
    const [host, ascii] of [
      ["аpple.com", "xn--pple-43d.com"],
      ["аррӏе.com", "xn--80ak6aa92e.com"],
      ["gοοgle.com", "xn--ggle-0nda.com"],
      ["www.ехре.com", new URL("https://www.ехре.com").hostname],
      ["\u0261oogle.com", new URL("https://\u0261oogle.com").hostname],
      ["💩.la", "xn--ls8h.la"],
      ["google.comノx.jp", new URL("https://google.comノx.jp").hostname],
      ["payーpal.jp", new URL("https://payーpal.jp").hostname],
      ["google.com∕evil.example", new URL("https://google.com∕evil.example").hostname],
      ["%D0%B0pple.com", "xn--pple-43d.com"],
      ["แอpple.com", new URL("https://แอpple.com").hostname],
    ] as const
  ) assert.equal(shown(host), ascii, host);
  const [piece] = tokenize("https://аpple.com:8443/b?c#d", NOBODY);
  assert.equal(piece!.text, "https://xn--pple-43d.com:8443/b?c#d");
});

/** Who is mentioned, as the piece shows it; "ann" and all others here are members. */
const MENTIONS: [string, string[]][] = [
  ["请@ann 看", ["@ann"]],
  ["@ann看", ["@ann"]],
  ["请@ann看一下", ["@ann"]],
  ["请＠ann看", ["＠ann"]],
  ["请@李小龙看一下", ["@李小龙"]],
  ["@李小龙ok", ["@李小龙"]],
  ["안녕@ann씨", ["@ann"]],
  ["สวัสดี@annครับ", ["@ann"]],
  ["さん@ann、@李小龙。", ["@ann", "@李小龙"]],
  ["*@ann* **@ann** _@ann_ __@ann__ ~~@ann~~ ***@ann***", Array(6).fill("@ann")],
  ["(@ann) [@ann] {@ann} «@ann» “@ann” '@ann' <@ann> 「@ann」", Array(8).fill("@ann")],
  ["@Анна, @АННА! @анна-", ["@Анна", "@АННА", "@анна"]],
  ["@ann. @ann... @ann?", ["@ann", "@ann", "@ann"]],
  ["@dot. @dot.. (@dot.)", ["@dot.", "@dot.", "@dot."]],
  ["@j.r-r. @j.r-r_", ["@j.r-r", "@j.r-r"]],
  ["❤️@ann 👍🏽@ann 5️⃣@ann", ["@ann", "@ann", "@ann"]],
  ["@ann👍 @ann’s", ["@ann", "@ann"]],
  ["@ＡＮＮ", ["@ＡＮＮ"]],
  // Not these.
  ["`@ann` ``@ann`` `` `@ann` ``", []],
  ["```\n@ann\n```", []],
  ["https://x.y/@ann https://@ann https://x.y/?@ann", []],
  ["me@ann me@ann.org a_@ann a.@ann a-@ann x/@ann @@ann é@ann e\u0301@ann", []],
  ["@ann@example.social @annie @ann1 @an\u0301n @ann.org", []],
  ["почта@ann.рф", []],
];

Deno.test("a mention is found wherever a reader sees one, and nowhere else", () => {
  const names = ["ann", "Анна", "李小龙", "dot.", "j.r-r"];
  const index = mentionIndex(names.map((_, at) => at), (id) => names[id]);
  for (const [text, expected] of MENTIONS) {
    const found = tokenize(text, index).filter((piece) => piece.type === "mention");
    assert.deepEqual(found.map((piece) => piece.text), expected, text);
  }
});

Deno.test("code ends at as many backticks as began it, on the same line", () => {
  const code = (text: string) =>
    tokenize(text, NOBODY).filter(({ type }) => type === "code").map((piece) => piece.text);
  assert.deepEqual(code("`a` ``b`c`` `` `d` ``"), ["a", "b`c", "`d`"]);
  assert.deepEqual(code("`a\nb`"), []);
  assert.deepEqual(code("a ` b"), []);
});

Deno.test("a host of other letters is shown in ASCII until what tells the honest ones is there, which such texts call for", () => {
  const address = "https://кремль.рф/путь";
  const ascii = "https://xn--e1ajeds9e.xn--p1ai/путь";
  assert.equal(plainPieces(address, NOBODY)[0]!.text, ascii);
  assert.equal(tokenize(address, NOBODY)[0]!.text, address);
  for (const text of [address, "see HTTPS://аррӏе.com", "http://президент.рф"]) {
    assert(hasMarkup(text), text);
  }
  for (const text of ["https://example.org/путь", "https://example.org и дальше", "http: да"]) {
    assert(!hasMarkup(text), text);
  }
});
