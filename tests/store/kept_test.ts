/** What is kept of what was read: it has an end, and it is found by its own kind alone. */
import assert from "node:assert/strict";
import { Kept, type KeptKind, KeptShelf } from "../../lib/store/kept.ts";

Deno.test("no more is kept than the bytes allow, and what is asked for is what stays", () => {
  const kept = new Kept<string>(100);
  kept.set("asked", "always", 10);
  for (let key = 0; key < 1000; key++) {
    kept.set(key, `value ${key}`, 10);
    assert.equal(kept.get("asked"), "always");
    assert.equal(kept.get(key), `value ${key}`);
    const there = Array.from({ length: key + 1 }, (_, each) => kept.get(each)).filter(Boolean);
    assert.ok(there.length <= 10, `${there.length} values`);
  }
});

Deno.test("what is kept anew takes the place of what was, and what is too large is not kept", () => {
  const kept = new Kept<string>(100);
  for (let round = 0; round < 100; round++) kept.set("one", `${round}`, 40);
  kept.set("two", "2", 10);
  assert.equal(kept.get("one"), "99");
  assert.equal(kept.get("two"), "2");
  kept.set("three", "3", 51);
  assert.equal(kept.get("three"), undefined);
});

Deno.test("what became too large to be kept is not found as it was", () => {
  const kept = new Kept<string>(100);
  kept.set("one", "small", 10);
  kept.set("one", "large", 60);
  assert.equal(kept.get("one"), undefined);
});

Deno.test("each kind has its own values, and each connection its own shelf", () => {
  const words: KeptKind<string> = { bytes: 100 };
  const numbers: KeptKind<number> = { bytes: 100 };
  const shelf = new KeptShelf(1);
  shelf.of(words).set(1, "one", 1);
  shelf.of(numbers).set(1, 1, 1);
  assert.equal(shelf.of(words).get(1), "one");
  assert.equal(shelf.of(numbers).get(1), 1);
  assert.equal(new KeptShelf(1).of(words).get(1), undefined);
});
