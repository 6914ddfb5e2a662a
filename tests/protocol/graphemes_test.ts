/** Text is cut between what a reader takes for characters, and no text makes that slow. */
import assert from "node:assert/strict";
import { cut, graphemes } from "../../lib/protocol/graphemes.ts";
import { plainLine } from "../../lib/ui/text/plain_line.ts";

const WHOLE = [
  "👩‍💻",
  "🇫🇷",
  "e\u0301",
  "क्षि",
  "한",
  "\u1112\u1161\u11ab",
  "👍🏽",
  "❤️",
  "\r\n",
  "𠮷",
  "x",
];

Deno.test("a cut falls between graphemes, in every script", () => {
  for (const one of WHOLE) {
    assert.equal(cut(one.repeat(200), 160), `${one.repeat(160)}…`, one);
    assert.equal(cut(one.repeat(160), 160), one.repeat(160), one);
    assert.deepEqual(graphemes(`${one}${one} b`, 1), [one]);
  }
});

Deno.test("a quote ends with a whole character and on one line", () => {
  assert.equal(plainLine("👩‍💻".repeat(200)), `${"👩‍💻".repeat(160)}…`);
  assert.equal(plainLine("a\n\n b"), "a b");
});

Deno.test("a letter under a thousand accents counts as one, and only its beginning is shown", () => {
  const heaped = "a" + "\u0301".repeat(7_999);
  assert(graphemes(heaped, 1)[0]!.length <= 32);
  assert(cut(heaped.repeat(2), 160).length <= 160 * 32 + 1);
  assert(graphemes("a" + "\u{1d167}".repeat(200), 1)[0]!.isWellFormed());
});

Deno.test("no text of 8,000 characters takes long to cut", () => {
  for (
    const one of [...WHOLE, "a" + "\u0301".repeat(7_999), "\u200d", "\u{e0061}", "🏽", "\u0600"]
  ) {
    const text = one.repeat(8_000).slice(0, 8_000);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      cut(text, 200);
      return performance.now() - start;
    });
    assert(Math.min(...times) < 20, `${one.slice(0, 4)} took ${Math.min(...times)} ms`);
  }
});
