/** Values in so many bytes: what is used stays. */
import assert from "node:assert/strict";
import { KeptValues } from "../lib/kept_values.ts";

Deno.test("no more is kept than the bytes allow, and what is asked for is what stays", () => {
  const kept = new KeptValues<string | number, string>(100);
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
  const kept = new KeptValues<string | number, string>(100);
  for (let round = 0; round < 100; round++) kept.set("one", `${round}`, 40);
  kept.set("two", "2", 10);
  assert.equal(kept.get("one"), "99");
  assert.equal(kept.get("two"), "2");
  kept.set("three", "3", 51);
  assert.equal(kept.get("three"), undefined);
});

Deno.test("what became too large to be kept is not found as it was", () => {
  const kept = new KeptValues<string | number, string>(100);
  kept.set("one", "small", 10);
  kept.set("one", "large", 60);
  assert.equal(kept.get("one"), undefined);
});

Deno.test("the bytes of all that is kept are counted, once for each", () => {
  const kept = new KeptValues<string, string>(100);
  kept.set("one", "1", 40);
  kept.set("two", "2", 40); // a generation of its own
  assert.equal(kept.bytes, 80);
  kept.get("one"); // moves on, and the second becomes old
  assert.equal(kept.bytes, 80);
  kept.set("one", "11", 10);
  assert.equal(kept.bytes, 50);
  kept.set("two", "large", 60);
  assert.deepEqual([kept.bytes, kept.get("two")], [10, undefined]);
});
