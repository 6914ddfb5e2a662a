import assert from "node:assert/strict";
import { Spread } from "../../lib/metrics/spread.ts";

Deno.test("a value counts in the bucket of the first bound that it does not exceed", () => {
  const spread = new Spread([1, 5, 10]);
  for (const value of [0, 1, 1.5, 5, 10, 10.1, 1e9]) spread.add(value);
  assert.deepEqual(spread.cumulative(), [2, 4, 5]);
  assert.equal(spread.count, 7);
  assert.equal(spread.sum, 27.6 + 1e9);
});

Deno.test("nothing counted is nothing shown", () => {
  const spread = new Spread([1]);
  assert.deepEqual([spread.cumulative(), spread.count, spread.sum], [[0], 0, 0]);
});
