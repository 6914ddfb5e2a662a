/** What is kept of what was read is found by its own kind, on its own connection alone. */
import assert from "node:assert/strict";
import { type KeptKind, KeptShelf } from "../../lib/store/kept.ts";

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
