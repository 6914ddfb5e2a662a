import assert from "node:assert/strict";
import { createPace } from "../../../lib/store/commit/pace.ts";
import { ticks } from "../../support/ticks.ts";

function setUp() {
  const time = { now: 0 };
  return { time, pace: createPace(() => ticks(time.now)) };
}

type Paced = ReturnType<typeof setUp>;

/** Commits for as long as a small batch need not wait; gives how often. */
function commitsNow({ pace }: Paced): number {
  let count = 0;
  for (; pace.wait(1) <= 0; count++) pace.committing();
  return count;
}

Deno.test("who writes now and then never waits", () => {
  const { time, pace } = setUp();
  for (let i = 0; i < 100; i++, time.now += 15) {
    assert.ok(pace.wait(1) <= 0);
    pace.committing();
  }
});

Deno.test("a burst goes through at once, a steady stream is committed two hundred times in three seconds", () => {
  const paced = setUp();
  assert.equal(commitsNow(paced), 11);
  let count = 0;
  for (let i = 0; i < 3_000; i++) {
    paced.time.now += 1;
    count += commitsNow(paced);
  }
  assert.equal(count, 200);
});

Deno.test("the wait is 15 ms at most, and a large batch has none", () => {
  const { pace } = setUp();
  for (let i = 0; i < 11; i++) pace.committing();
  assert.equal(pace.wait(1), 15);
  assert.ok(pace.wait(64) <= 0);
});

Deno.test("after a quiet time a burst is free again", () => {
  const paced = setUp();
  commitsNow(paced);
  paced.time.now += 200;
  assert.equal(commitsNow(paced), 11);
});

Deno.test("after any number of large batches a small one waits 15 ms at most", () => {
  const { time, pace } = setUp();
  for (let i = 0; i < 1_000; i++, time.now += 5) {
    assert.ok(pace.wait(64) <= 0);
    pace.committing();
  }
  assert.ok(pace.wait(1) <= 15, `it waits ${pace.wait(1)} ms`);
});
