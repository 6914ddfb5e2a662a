import assert from "node:assert/strict";
import { Pace } from "../../lib/files/pace.ts";
import type { Ticks } from "../../lib/protocol/time.ts";

/** How long each of these pieces is waited after, which come so many milliseconds one after another. */
function waits(gap: number, lengths: readonly number[]): number[] {
  let now = 1_000;
  const pace = new Pace(now as Ticks);
  return lengths.map((length) => {
    now += gap;
    const wait = pace.after(length, now as Ticks);
    now += wait;
    return Math.round(wait);
  });
}

Deno.test("what a phone sends is let gather until a piece is worth its writing", () => {
  const begun = Array<number>(13).fill(10_000);
  assert.deepEqual(waits(10, begun), Array(13).fill(0));
  assert.deepEqual(waits(10, [...begun, 10_000, 50_000]).slice(13), [50, 50]);
});

Deno.test("what is small, and what comes fast, is waited for by nobody", () => {
  assert.deepEqual(waits(10, [1_000, 20_000, 60_000]), [0, 0, 0]);
  assert.deepEqual(waits(0.2, Array(8).fill(60_000)), Array(8).fill(0));
  assert.deepEqual(waits(20, Array(8).fill(65_536)), Array(8).fill(0));
});

Deno.test("where a network is fast, the wait is as long as a piece takes to come", () => {
  assert.deepEqual(waits(3, [131_072, 32_768, 32_768]), [0, 6, 18]);
});
