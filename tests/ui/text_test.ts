import assert from "node:assert/strict";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { mentionIndex, safeHref, type TextPiece, tokenize } from "../../lib/ui/text.ts";

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
    ]
  ) assert.deepEqual(links(text), [], text);
  assert.equal(safeHref("javascript:alert(1)"), null);
  assert.equal(safeHref("data:text/html,x"), null);
  assert.equal(safeHref("https://"), null);
  assert.equal(safeHref("http://example.org"), "http://example.org/");
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
    assert.ok(performance.now() - before < 500, piece);
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
  ];
  for (const text of hostile) {
    // The best of three: the machine may be busy with something else for a moment.
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      tokenize(text, new Map([["ann", 1]]));
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 50, `${text.slice(0, 20)}… took ${Math.min(...times)} ms`);
  }
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
