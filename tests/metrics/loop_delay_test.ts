import assert from "node:assert/strict";
import { LoopDelay } from "../../lib/metrics/loop_delay.ts";
import type { Ticks } from "../../lib/protocol/time.ts";
import { ticks } from "../support/ticks.ts";

/** A loop whose timers run when the test says so. */
function setUp() {
  const state = { now: 0, sample: null as (() => void) | null };
  const delay = new LoopDelay({
    now: (): Ticks => ticks(state.now),
    every(_, task) {
      assert.equal(state.sample, null, "one timer at most");
      state.sample = task;
      return () => state.sample = null;
    },
  });
  const sampleAt = (now: number) => {
    state.now = now;
    state.sample!();
  };
  return { state, delay, sampleAt };
}

Deno.test("the loop is sampled only while somebody asks, and for a while after", () => {
  const { state, delay, sampleAt } = setUp();
  assert.equal(state.sample, null, "an idle server is not woken");
  delay.ask();
  delay.ask();
  sampleAt(100);
  sampleAt(60_000);
  delay.ask();
  sampleAt(239_000);
  assert.notEqual(state.sample, null, "asked three minutes ago");
  sampleAt(241_000);
  assert.equal(state.sample, null);
  delay.ask();
  assert.notEqual(state.sample, null, "asked again");
  delay.stop();
  assert.equal(state.sample, null);
});

Deno.test("a timer that comes late by 30 ms is one sample of 30 ms, and the next is on time", () => {
  const { delay, sampleAt } = setUp();
  const spread = delay.ask();
  sampleAt(100);
  sampleAt(230);
  sampleAt(330);
  assert.deepEqual([spread.count, spread.sum], [3, 30]);
  delay.stop();
});
