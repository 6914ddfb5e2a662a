/** One rule for what a message's text may be, the same for the server and for the composer. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { FRAMES } from "../../lib/protocol/frames.ts";
import { text } from "../../lib/protocol/fields.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { cleanText, codePoints, isLonger, textFault } from "../../lib/protocol/text.ts";

const accepts = (value: string) => text.safeParse(value).success;

Deno.test("a message is counted in code points, after trimming, up to the limit", () => {
  for (const one of ["x", "я", "👍", "𠮷", "\u0301"]) {
    const full = "a" + one.repeat(LIMITS.textLength - 1);
    assert.equal(accepts(full), true, one);
    assert.equal(accepts(`\n ${full} \t`), true, one);
    assert.equal(accepts(full + one), false, one);
    assert.equal(textFault(full + one), "long", one);
  }
});

Deno.test("the composer's rule and the server's agree on any text", () => {
  const any = fc.string({
    unit: fc.oneof(
      fc.constantFrom("\0", "\ud800", "\udc00", " ", "\n", "\u200b", "\u3164", "\u2800", "\u202e"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
  });
  fc.assert(fc.property(any, (value) => accepts(value) === (textFault(value) === null)));
});

Deno.test("what is cleaned has neither NUL nor half a pair, and keeps everything else", () => {
  assert.equal(cleanText("a\0b\ud800c\udc00d\udc00\ud800e"), "abcde");
  const kept = "👩‍💻 e\u0301 \u200f שלום \u0001\ufffd\n\t𠮷";
  assert.equal(cleanText(kept), kept);
  const rough = fc.string({
    unit: fc.oneof(fc.constantFrom("\0", "\ud83d", "\ude00"), fc.string({ maxLength: 2 })),
  });
  fc.assert(fc.property(rough, (value) => {
    const clean = cleanText(value);
    return clean.isWellFormed() && !clean.includes("\0") && cleanText(clean) === clean;
  }));
});

Deno.test("an emoji that is newer than the runtime is something that shows", () => {
  for (const emoji of ["\u{1faea}", "\u{1faef}", "\u{1f6d8}", "\u{1fabf}"]) {
    assert.equal(textFault(emoji), null, emoji.codePointAt(0)!.toString(16));
  }
});

Deno.test("nothing that shows is no message, nor is nothing at all", () => {
  for (
    const blank of [
      "\u200b",
      "\u200d\ufe0f",
      "\u3164",
      "\u2800 \u2800",
      "\u00ad",
      "\u0301",
      "\u{1d159}",
      "\ufffc",
    ]
  ) {
    assert.equal(textFault(blank), "blank", JSON.stringify(blank));
  }
  for (const empty of ["", " \n\t ", "\ufeff", "\u2003"]) assert.equal(textFault(empty), "empty");
});

Deno.test("code points are counted as iterating would", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => codePoints(value) === [...value].length),
  );
  for (const odd of ["\ud800", "\udc00\ud800", "\ud800\ud800\udc00\udc00"]) {
    assert.equal(codePoints(odd), [...odd].length);
  }
  assert.equal(isLonger("👍👍", 2), false);
  assert.equal(isLonger("👍👍👍", 2), true);
});

Deno.test("the longest message fits a frame, whatever it is made of", () => {
  for (const unit of ["👍", "\u0001", '"', "\\", "\u2028", "я"]) {
    const input = {
      clientId: "x".repeat(64),
      room: Number.MAX_SAFE_INTEGER,
      text: "a" + unit.repeat(LIMITS.textLength - 1),
      replyTo: Number.MAX_SAFE_INTEGER,
    };
    assert.equal(FRAMES.send.safeParse(input).success, true);
    const frame = { type: "send", ref: "x".repeat(64), ...input };
    const bytes = new TextEncoder().encode(JSON.stringify(frame)).length;
    assert.ok(bytes <= LIMITS.frameBytes, `${JSON.stringify(unit)}: ${bytes}`);
  }
});

Deno.test("a hostile text is refused at once", () => {
  for (const unit of ["\u0301", "👍", " ", "\ud800", "\0", "\u200b", "a\u0323\u0307"]) {
    const began = performance.now();
    text.safeParse(unit.repeat(2_000_000));
    assert.ok(performance.now() - began < 1_000, JSON.stringify(unit));
  }
});
