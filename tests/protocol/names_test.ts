import assert from "node:assert/strict";
import fc from "fast-check";
import { displayName, password, roomName, topic, username } from "../../lib/protocol/fields.ts";
import { cleanName, nameKey, usernameFault } from "../../lib/protocol/names.ts";

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

/** What Unicode says each code point folds to; one that it does not name folds to itself. */
function unicodeFolding(): Map<number, string> {
  const text = Deno.readTextFileSync(new URL("nfkc_casefold.txt", import.meta.url));
  const folding = new Map<number, string>();
  for (const line of text.split("\n")) {
    const [, from, to, target] = /^([0-9A-F]+)(?:\.\.([0-9A-F]+))?;([0-9A-F ]*)$/.exec(line) ?? [];
    if (from === undefined) continue;
    const points = (target ?? "").split(" ").filter((point) => point !== "");
    const folded = String.fromCodePoint(...points.map((point) => parseInt(point, 16)));
    for (let point = parseInt(from, 16); point <= parseInt(to ?? from, 16); point++) {
      folding.set(point, folded);
    }
  }
  return folding;
}

/** Letters that this runtime does not know yet: their folding comes with its next Unicode. */
const UNASSIGNED = /\p{Cn}/u;

Deno.test("every code point's key is Unicode's NFKC_Casefold of it", () => {
  const folding = unicodeFolding();
  assert.ok(folding.size > 10_000);
  let unknown = 0;
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    const expected = folding.get(point) ?? letter;
    const key = nameKey(letter);
    if (key === expected || key === expected.normalize("NFC")) continue;
    assert.ok(UNASSIGNED.test(letter), `${point.toString(16)}: ${key} is not ${expected}`);
    unknown++;
  }
  assert.ok(unknown < 50, `${unknown} letters`);
});

Deno.test("a key is its own key, and the same for every normal form and case of a name", () => {
  const letters = fc.constantFrom(
    ..."aAßẞſςσΣİIıiǰŉΐᾳᾼﬃᏣꭳᏸﷺ가각Åé",
    ..."\u0301\u0323\u0345\u0307\u200d\u200b\u00ad\ufe0f\u034f\u{e0041}",
  );
  const name = fc.oneof(
    fc.array(letters, { maxLength: 20 }).map((some) => some.join("")),
    fc.string({ unit: "grapheme", maxLength: 20 }),
  );
  fc.assert(
    fc.property(name, (name) => {
      const key = nameKey(name);
      assert.equal(nameKey(key), key);
      for (const form of ["NFC", "NFD"]) assert.equal(nameKey(name.normalize(form)), key, form);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("names that differ in case, form or what nobody sees are one", () => {
  const same: [string, string][] = [
    ["owner", "o\u200dwner"],
    ["owner", "OWNER"],
    ["owner", "\u2060owner\ufeff"],
    ["owner", "own\u{e0100}er"],
    ["owner", "ｏｗｎｅｒ"],
    ["general", "gen\u00aderal"],
    ["straße", "STRASSE"],
    ["ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς"],
    ["Ꭰ", "ꭰ"],
    ["①", "1"],
  ];
  for (const [one, other] of same) assert.equal(nameKey(one), nameKey(other), `${one} ${other}`);
  for (const [one, other] of [["ı", "i"], ["zoe", "zoë"], ["a b", "ab"]] as const) {
    assert.notEqual(nameKey(one), nameKey(other), `${one} ${other}`);
  }
});

Deno.test("a username with an invisible character is refused, with its reason", () => {
  const invisible = [..."\u00ad\u034f\u061c\u115f\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u2060"];
  for (const hidden of [...invisible, "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\u{e0041}"]) {
    for (const name of [`own${hidden}er`, `${hidden}owner`, `owner${hidden}`]) {
      const point = hidden.codePointAt(0)!.toString(16);
      assert.equal(accepts(username, name), false, point);
      assert.equal(usernameFault(name), "invisible", point);
    }
  }
});

Deno.test("invisible characters are dropped from other names, but for those that have a work to do", () => {
  const kept = [
    "👩‍💻 Dev",
    "❤️‍🔥",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Anna",
    "1️⃣ first",
    "❤️ and ❤︎",
    "🏳️‍🌈",
    "👩🏽‍🚀",
    "🧑🏽‍❤️‍💋‍🧑🏻",
    "👁️‍🗨️🙂‍↔️🐻‍❄️🏳️‍⚧️⛓️‍💥",
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "\u{1faea}",
    "র\u200c্যাব",
    "می\u200cخواهم",
    "क्\u200dष",
    "ക്\u200d",
    "葛\u{e0100}城",
    "ᠠ\u180b",
  ];
  for (const name of kept) {
    for (const schema of [displayName, roomName, topic]) {
      assert.equal(schema.parse(name), name.normalize("NFC"), name);
    }
  }
  const dropped: [string, string][] = [
    ["gene\u200dral", "general"],
    ["\ufeffgeneral\u2060", "general"],
    ["a\ufe0fb", "ab"],
    ["a👩\u200d", "a👩"],
    ["👩\u200b\u200d💻", "👩💻"],
    ["👩\u200d\u200d💻", "👩💻"],
    ["x\u{e0067}\u{e0062}y", "xy"],
    ["🏴\u{e0067}", "🏴"],
    ["a\u200cb", "ab"],
    ["A\u034fnn", "Ann"],
    ["Ann  Lee", "Ann Lee"],
    ["Ann\u00a0\u2003Lee", "Ann Lee"],
  ];
  for (const [name, clean] of dropped) assert.equal(displayName.parse(name), clean, clean);
});

Deno.test("what is drawn as nothing or as a space makes no second name, in no kind of name", () => {
  const undrawn = [..."\ufff9\ufffa\ufffb\ufffc\u{16fe4}\u{13430}\u{13440}"];
  const blanks = [..."\u2800\u{1d159}\u{13441}\u{13442}"];
  for (const hidden of [...undrawn, ...blanks]) {
    const point = hidden.codePointAt(0)!.toString(16);
    assert.equal(usernameFault(`owner${hidden}`), "invisible", point);
    for (const schema of [displayName, roomName]) {
      assert.equal(schema.parse(`general${hidden}`), "general", point);
      assert.equal(schema.parse(`${hidden}general`), "general", point);
      assert.equal(accepts(schema, hidden), false, point);
    }
  }
  for (const blank of blanks) assert.equal(displayName.parse(`a${blank}${blank} b`), "a b");
  for (const one of undrawn) assert.equal(displayName.parse(`a${one}b`), "ab");
  assert.equal(displayName.parse("\u{13000}\u{13430}\u{13001}"), "\u{13000}\u{13430}\u{13001}");
});

Deno.test("a clean name stays as it is, and has the key that it had", () => {
  const parts = [
    "a",
    "1",
    "👩",
    "🏽",
    "💻",
    "❤",
    "🏴",
    "\u{e0067}",
    "\u{e007f}",
    "म",
    "\u094d",
    "م",
  ];
  const hidden = [
    "\u200d",
    "\u200c",
    "\ufe0f",
    "\u20e3",
    "\u200b",
    "\u00ad",
    " ",
    "葛",
    "\u{e0100}",
  ];
  const name = fc.array(fc.constantFrom(...parts, ...hidden), { maxLength: 12 })
    .map((some) => some.join(""));
  fc.assert(
    fc.property(name, (name) => {
      const clean = cleanName(name);
      assert.equal(cleanName(clean), clean, JSON.stringify(name));
      const spaced = name.replace(/\s+/g, " ").trim();
      if (!/ /.test(spaced)) assert.equal(nameKey(clean), nameKey(spaced));
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("lengths are counted in code points", () => {
  assert.ok(accepts(displayName, "👍".repeat(64)));
  assert.equal(accepts(displayName, "👍".repeat(65)), false);
  assert.ok(accepts(roomName, "👍".repeat(80)));
  assert.equal(accepts(roomName, "👍".repeat(81)), false);
  assert.ok(accepts(topic, "𐐷".repeat(250)));
  assert.equal(accepts(topic, "𐐷".repeat(251)), false);
  assert.ok(accepts(username, "𐐷".repeat(32)));
  assert.equal(accepts(username, "𐐷".repeat(33)), false);
  assert.equal(accepts(username, "𐐷𐐷"), false);
  assert.ok(accepts(password, "👍".repeat(8)));
  assert.equal(accepts(password, "👍".repeat(7)), false);
  assert.ok(accepts(password, "👍".repeat(256)));
  assert.equal(accepts(password, "👍".repeat(257)), false);
  assert.ok(accepts(displayName, "e\u0323\u0302".repeat(64)), "as it is kept: ệ is one");
});
