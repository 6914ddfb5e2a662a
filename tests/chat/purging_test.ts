/** What was deleted goes for good: after its time, also what comes meanwhile, and at the start. */
import assert from "node:assert/strict";
import { Purging } from "../../lib/chat/purging.ts";
import { UNDO_FOR } from "../../lib/protocol/limits.ts";

function harness() {
  const timers = new Map<symbol, { ms: number; task: () => void }>();
  const purged: number[] = [];
  let now = 1_000_000;
  const purging = new Purging({
    now: () => now,
    store: { purgeDeleted: ({ before }) => Promise.resolve(void purged.push(before)) },
    loop: {
      every(ms, task) {
        const timer = Symbol();
        timers.set(timer, { ms, task });
        return () => timers.delete(timer);
      },
    },
  });
  function pass(ms: number) {
    now += ms;
    for (const timer of [...timers.values()]) if (timer.ms === ms) timer.task();
  }
  return { purging, purged, timers, pass };
}

Deno.test("what a run before has left goes at the start, and of this one when its time is over", () => {
  const { purging, purged, timers, pass } = harness();
  const stop = purging.start();
  assert.equal(purged.length, 1);
  purging.later();
  const wait = Math.min(...[...timers.values()].map(({ ms }) => ms));
  assert.ok(wait > UNDO_FOR, "nobody can take it back any more");
  pass(wait);
  assert.ok(purged[1]! >= 1_000_000, "it is among what goes");
  assert.equal(timers.size, 1, "only the look for what others have left goes on");
  stop();
  assert.equal(timers.size, 0);
});

Deno.test("what is deleted while that runs goes the next time", () => {
  const { purging, purged, timers, pass } = harness();
  purging.later();
  purging.later();
  const ms = Math.min(...[...timers.values()].map((timer) => timer.ms));
  pass(ms);
  assert.equal(timers.size, 1);
  pass(ms);
  assert.equal(timers.size, 0);
  assert.equal(purged.length, 2);
});

Deno.test("a server that stops takes nothing more away", () => {
  const { purging, purged, timers } = harness();
  purging.later();
  purging.start()();
  purging.later();
  assert.deepEqual([timers.size, purged.length], [0, 1]);
});
