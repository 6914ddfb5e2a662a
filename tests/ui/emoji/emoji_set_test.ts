/** Which emoji a word means, in both languages. */
import assert from "node:assert/strict";
import { makeEmojiTable } from "../../../emoji_tables.ts";
import { canonicalEmoji } from "../../../lib/protocol/emoji.ts";
import { COMMON, EmojiSet } from "../../../lib/ui/emoji/emoji_set.ts";
import { TONES, withoutTone, withTone } from "../../../lib/ui/emoji/tones.ts";

const base = await makeEmojiTable("base");
const set = new EmojiSet(base, await makeEmojiTable("ru"));
const found = (query: string, most = 8) => set.search(query, most).map(({ emoji }) => emoji);

Deno.test("an emoji is found by its name, by words and by beginnings of them", () => {
  assert.equal(found("tada")[0], "🎉");
  assert.equal(found("heart")[0], "❤️");
  assert.equal(found("thumbs up")[0], "👍");
  assert.equal(found(":joy:")[0], "😂");
  assert.deepEqual(found("hedgeho"), ["🦔"]);
  assert.deepEqual(found("nothing like it"), []);
  assert.deepEqual(found("  "), []);
});

Deno.test("it is found in Russian too, with ё or without, in either case", () => {
  assert.equal(found("сердце")[0], "❤️");
  assert.equal(found("ОГОНЬ")[0], "🔥");
  assert.equal(found("ёж")[0], "🦔");
  assert.equal(found("еж")[0], "🦔");
  assert.ok(found("день рожд").includes("🎂"));
  assert.ok(found("спасибо").includes("🙏"));
});

Deno.test("without the Russian words it is found in English alone", () => {
  const english = new EmojiSet(base, null);
  assert.equal(english.search("fire", 1)[0]?.emoji, "🔥");
  assert.deepEqual(english.search("огонь", 8), []);
});

Deno.test("what this system cannot draw is not offered", () => {
  const older = new EmojiSet(base, null, 15.1);
  assert.ok(set.all.some(({ version }) => version === 16));
  assert.ok(older.all.length > 1_800 && older.all.every(({ version }) => version <= 15.1));
});

Deno.test("signs and digits are names where they stand at the beginning, and no words", () => {
  assert.deepEqual(found("+1"), ["👍"]);
  assert.deepEqual(found("-1"), ["👎"]);
  assert.deepEqual(found("-D"), []);
});

Deno.test("what is meant most comes first, and what the reader uses before it; flags behind", () => {
  assert.equal(found("th")[0], "👍");
  assert.equal(set.search("cat", 1, ["😼"])[0]?.emoji, "🐱");
  assert.equal(set.search("heart", 2, ["💔"])[1]?.emoji, "💔");
  assert.equal(found("germany")[0], "🇩🇪");
});

Deno.test("a name that was written out is one emoji or none", () => {
  assert.equal(set.named("tada")?.emoji, "🎉");
  assert.equal(set.named("+1")?.emoji, "👍");
  assert.equal(set.named("огонь")?.emoji, "🔥");
  assert.equal(set.named("смеётся_до_слёз")?.emoji, "😂");
  assert.equal(set.named("tad"), undefined);
});

Deno.test("each can be a reaction, in every tone; each has a name in both languages", () => {
  assert.ok(set.all.length > 1_800);
  for (const { emoji, toned, label, russian, names } of set.all) {
    assert.equal(canonicalEmoji(emoji), emoji);
    assert.ok(label !== "" && russian !== "" && names[0] !== "", emoji);
    if (!toned) continue;
    for (const tone of TONES.keys()) {
      const inTone = withTone(emoji, tone);
      assert.equal(canonicalEmoji(inTone), inTone, `${label} in tone ${tone}`);
      assert.equal(withoutTone(inTone), emoji);
    }
  }
  for (const emoji of COMMON) assert.ok(set.get(emoji), emoji);
});
