/** What custom emoji may be called, and where they stand in texts. */
import assert from "node:assert/strict";
import {
  canonicalSign,
  customName,
  emojiName,
  emojiNamesIn,
  emojiParts,
} from "../../lib/protocol/emoji_names.ts";
import { atOwnSpeed } from "../support/own_speed.ts";

Deno.test("names are letters and digits of any script, in one case and one form", () => {
  const same: [string, string][] = [
    ["parrot", "parrot"],
    ["Party_Parrot", "party_parrot"],
    ["c++", "c++"],
    ["blob-wave", "blob-wave"],
    ["2fast", "2fast"],
    ["Котик", "котик"],
    ["ﬁne", "fine"],
    ["x".repeat(64), "x".repeat(64)],
  ];
  for (const [written, stored] of same) assert.equal(emojiName(written), stored);
});

Deno.test("what formatting, times of day or an address would take for theirs is no name", () => {
  const refused = [
    ...["", "a", "30", "2026", "_a_", "a_", "-a", "a-", "+1", "++", "a b", "a.b", "a:b", "../a"],
    ...["a/b", "a\nb", "<b>", "a\u202eb", "😀😀", "a\u0000b", "x".repeat(65), "x".repeat(100_000)],
  ];
  for (const name of refused) assert.equal(emojiName(name), null, JSON.stringify(name));
});

Deno.test("a reaction's sign is of one custom emoji, or of none", () => {
  assert.equal(canonicalSign(":Parrot:"), ":parrot:");
  assert.equal(customName(":parrot:"), "parrot");
  for (const sign of ["parrot", ":parrot", "::", ":a:", ":a:b:", "👍", "::aa::"]) {
    assert.equal(canonicalSign(sign), null, sign);
  }
});

const PARROT = { is: "parrot" };
const KNOWN = new Map([["parrot", PARROT], ["b2", { is: "b2" }]]);

/** Without what is empty. */
const partsOf = (text: string) => emojiParts(text, KNOWN).filter((part) => part !== "");

Deno.test("names that there are become pictures, all else stays the text that it is", () => {
  const cases: [string, unknown[]][] = [
    [":parrot:", [PARROT]],
    ["Hi :Parrot:!", ["Hi ", PARROT, "!"]],
    [":parrot::parrot:", [PARROT, PARROT]],
    ["a:parrot:b", ["a", PARROT, "b"]],
    ["a:b:parrot:", ["a:b", PARROT]],
    [":parrot:parrot:", [PARROT, "parrot:"]],
    [":none: :parrot", [":none: :parrot"]],
    ["at 10:30:45", ["at 10:30:45"]],
    ["", []],
  ];
  for (const [text, parts] of cases) assert.deepEqual(partsOf(text), parts, text);
});

Deno.test("a text is so many pictures and no more, and takes no time however it is written", () => {
  const text = ":parrot: ".repeat(880);
  const many = partsOf(text);
  assert.equal(many.filter((part) => typeof part !== "string").length, 200);
  assert.equal(many.map((part) => typeof part === "string" ? part : ":parrot:").join(""), text);
  const started = performance.now();
  for (const text of [":".repeat(8_000), ":a".repeat(4_000), `:${"a".repeat(7_999)}`]) {
    assert.deepEqual(partsOf(text), [text]);
  }
  assert.ok(performance.now() - started < atOwnSpeed(200));
});

Deno.test("the names that texts may mean are found for who looks them up", () => {
  assert.deepEqual(
    [...emojiNamesIn(["no colon", "at 10:30:45 :Parrot: :кот:", ":parrot:"])],
    ["30", "parrot", "кот"],
  );
  const many = Array.from({ length: 2_000 }, (_, n) => `:a${n}: `).join("");
  assert.equal(emojiNamesIn([many, many]).size, 200, "each is looked for in the database");
});
