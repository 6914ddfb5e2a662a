/** What people say of themselves ends at its time: from here at once, from elsewhere at a look. */
import assert from "node:assert/strict";
import { StatusEnds } from "../../lib/chat/status_ends.ts";

/** Ends in memory, and a clock that is moved by hand. */
function harness(...ends: number[]) {
  const state = { now: 1_000, ends, ended: [] as number[], faults: 0 };
  const timers = new Set<{ at: number; task: () => void }>();
  const statusEnds = new StatusEnds({
    now: () => state.now,
    store: {
      nextStatusEnd() {
        if (state.faults-- > 0) return Promise.reject(new Error("the disk is full"));
        return Promise.resolve(state.ends.length === 0 ? null : Math.min(...state.ends));
      },
      endStatuses({ now }) {
        state.ended.push(...state.ends.filter((end) => end <= now));
        state.ends = state.ends.filter((end) => end > now);
        return Promise.resolve();
      },
    },
    loop: {
      every(ms, task) {
        const timer = { at: state.now + ms, task };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    state,
    statusEnds,
    settled,
    timers,
    async goTo(now: number) {
      state.now = now;
      for (const timer of [...timers]) if (timer.at <= now) timer.task();
      await settled();
    },
  };
}

Deno.test("what ended while the server was down ends at the start, what comes later at its time", async () => {
  const { state, statusEnds, settled, goTo } = harness(500, 2_000);
  statusEnds.start();
  await settled();
  assert.deepEqual(state.ended, [500]);
  await goTo(1_999);
  assert.deepEqual(state.ended, [500]);
  await goTo(2_000);
  assert.deepEqual(state.ended, [500, 2_000]);
});

Deno.test("what is set here ends to the moment, also before what was awaited", async () => {
  const { state, statusEnds, settled, goTo } = harness(5_000);
  statusEnds.start();
  await settled();
  state.ends.push(1_200);
  statusEnds.at(1_200);
  await goTo(1_200);
  assert.deepEqual(state.ended, [1_200]);
  await goTo(5_000);
  assert.deepEqual(state.ended, [1_200, 5_000]);
});

Deno.test("what another node set, and what a fault interrupted, ends at the next look", async () => {
  const { state, statusEnds, settled, goTo } = harness();
  statusEnds.start();
  await settled();
  state.ends.push(1_200);
  await goTo(30_000);
  assert.deepEqual(state.ended, []);
  state.faults = 1;
  await goTo(40_000);
  assert.deepEqual(state.ended, []);
  await goTo(70_000);
  assert.deepEqual(state.ended, [1_200]);
});

Deno.test("a server that stops ends nothing more", async () => {
  const { state, statusEnds, settled, timers, goTo } = harness(2_000);
  const stop = statusEnds.start();
  await settled();
  stop();
  assert.equal(timers.size, 0);
  await goTo(2_000);
  assert.deepEqual(state.ended, []);
});
