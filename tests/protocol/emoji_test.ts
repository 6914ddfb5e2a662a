/** One emoji has one form, whichever way a keyboard or a script wrote it. */
import assert from "node:assert/strict";
import { canonicalEmoji, canonicalReactions, isFewEmoji } from "../../lib/protocol/emoji.ts";
import { emoji } from "../../lib/protocol/fields.ts";
import { QUICK_EMOJI } from "../../lib/ui/conversation/MessageTools.tsx";
import { COMMON } from "../../lib/ui/emoji/emoji_set.ts";
import { atOwnSpeed } from "../support/own_speed.ts";

const RGI = /^\p{RGI_Emoji}$/v;

/** Each of one character, with and without a skin tone, keycaps, flags, and sequences of each make. */
function manyEmoji(): string[] {
  const found: string[] = [];
  const take = (value: string) => RGI.test(value) && found.push(value);
  for (let code = 0x23; code < 0x1fb00; code++) {
    const one = String.fromCodePoint(code);
    if (!/\p{Emoji}/u.test(one)) continue;
    for (const after of ["", "\ufe0f", "\ufe0f\u20e3", "🏻", "🏿"]) take(one + after);
  }
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCodePoint(0x1f1e6 + at));
  for (const a of letters) for (const b of letters) take(a + b);
  for (
    const sequence of "👨‍👩‍👧‍👦 👩🏽‍❤️‍💋‍👨🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👁️‍🗨️ 🏳️‍🌈 🏳️‍⚧️ 🏴‍☠️ 🐈‍⬛ 🧑🏻‍🤝‍🧑🏿 🙂‍↔️ ❤️‍🔥 🕵🏽‍♂️ 🧑‍⚕️ ⛹🏿‍♀️".split(" ")
  ) take(sequence);
  return found;
}

Deno.test("every emoji is its own form, also when its selectors were left out or doubled in number", () => {
  const all = manyEmoji();
  assert(all.length > 1_800, String(all.length));
  for (const one of all) {
    assert.equal(canonicalEmoji(one), one);
    assert.equal(canonicalEmoji(one.replaceAll("\ufe0f", "")), one);
    assert.equal(emoji.parse(one.replaceAll("\ufe0f", "")), one);
    assert(isFewEmoji(one), one);
  }
});

Deno.test("what is kept is the fully qualified form", () => {
  const forms = [
    ["❤", "❤️"],
    ["👍\ufe0f", "👍"],
    ["👁‍🗨", "👁️‍🗨️"],
    ["👁️‍🗨", "👁️‍🗨️"],
    ["#⃣", "#️⃣"],
    ["☝️🏽", "☝🏽"],
    ["🏳‍🌈", "🏳️‍🌈"],
  ];
  for (const [written, kept] of forms) assert.equal(emoji.parse(written), kept);
  for (const other of ["", "a", "1", "👍👍", "❤︎", "❤️️", "🇽🇽", "x".repeat(9_000)]) {
    assert.equal(canonicalEmoji(other), null);
  }
});

Deno.test("the emoji that are offered are in the form that the server keeps", () => {
  for (const one of [...QUICK_EMOJI, ...COMMON]) assert.equal(canonicalEmoji(one), one);
});

Deno.test("two forms of one emoji become one reaction, each person once", () => {
  const merged = canonicalReactions({ "❤": [3, 1], "👍": [1], "❤️": [1, 2] });
  assert.deepEqual(Object.entries(merged), [["❤️", [3, 1, 2]], ["👍", [1]]]);
  const right = { "❤️": [1], "👍": [2] };
  assert.equal(canonicalReactions(right), right);
});

Deno.test("one to three emoji alone are few; with a word, or more of them, they are not", () => {
  for (const few of ["👍", "👍 ❤️\n🎉", "❤", "🇫🇷🇩🇪", "👩‍💻👩🏽‍💻", " 5️⃣ "]) assert(isFewEmoji(few), few);
  for (
    const not of ["", " ", "5", "123", "👍👍👍👍", "👍!", "ok 👍", "™", "→", "©", "🇫", "5\ufe0f"]
  ) {
    assert(!isFewEmoji(not), not);
  }
});

Deno.test("no text is slow to judge", () => {
  for (
    const one of ["👍", "👍 ", " ", "\ufe0f", "\u200d", "👍\u200d", "\u{e0061}", "🇫", "☺\ufe0f"]
  ) {
    const text = one.repeat(8_000).slice(0, 8_000);
    const start = performance.now();
    isFewEmoji(text);
    isFewEmoji(text.slice(0, 96) + "x");
    canonicalEmoji(text);
    canonicalEmoji(text.slice(0, 32));
    assert(performance.now() - start < atOwnSpeed(20), one);
  }
});
