/** What was deleted goes for good: after its time, also what comes meanwhile, and at the start. */
import assert from "node:assert/strict";
import { Purging } from "../../lib/chat/purging.ts";
import { UNDO_FOR } from "../../lib/protocol/limits.ts";

function harness() {
  const timers = new Set<{ at: number; task: () => void }>();
  const purged: number[] = [];
  let now = 1_000_000;
  const purging = new Purging({
    now: () => now,
    store: { purgeDeleted: ({ before }) => Promise.resolve(void purged.push(before)) },
    loop: {
      every(ms, task) {
        const timer = { at: now + ms, task };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  /** Milliseconds until the timer rings; there is one. */
  function wait(): number {
    assert.equal(timers.size, 1);
    return [...timers][0]!.at - now;
  }
  async function pass(ms: number) {
    now += ms;
    for (const timer of [...timers]) if (timer.at <= now) timer.task();
    await settled();
  }
  return { purging, purged, timers, settled, wait, pass };
}

Deno.test("what a run before has left goes at the start, and of this one when its time is over", async () => {
  const { purging, purged, timers, settled, wait, pass } = harness();
  const stop = purging.start();
  await settled();
  assert.equal(purged.length, 1);
  const lookEvery = wait();
  purging.later();
  assert.ok(wait() > UNDO_FOR, "nobody can take it back any more");
  assert.ok(wait() < 20_000, "and soon after that");
  await pass(wait());
  assert.ok(purged[1]! >= 1_000_000, "it is among what goes");
  assert.equal(wait(), lookEvery, "only the look for what others have left goes on");
  stop();
  assert.equal(timers.size, 0);
});

Deno.test("what is deleted while that is waited for goes at its own time", async () => {
  const { purging, purged, wait, pass } = harness();
  purging.later();
  await pass(5_000);
  purging.later();
  await pass(wait());
  assert.ok(purged[0]! < 1_005_000, "the second may still be taken back");
  await pass(wait());
  assert.ok(purged[1]! >= 1_005_000);
  assert.equal(purged.length, 2);
});

Deno.test("a server that stops takes nothing more away", async () => {
  const { purging, purged, timers, settled } = harness();
  purging.later();
  purging.start()();
  await settled();
  purging.later();
  assert.deepEqual([timers.size, purged.length], [0, 1]);
});
