/** Taking away what erased people left: to the end, also of what comes meanwhile, and after a fault. */
import assert from "node:assert/strict";
import { Erasing } from "../../lib/chat/erasing.ts";

/** Portions that are left; a fault is thrown once. */
function harness(left: number) {
  const state = { left, faults: 0, ended: Promise.withResolvers<void>() };
  const erasing = new Erasing({
    now: () => 0,
    store: {
      eraseMore() {
        if (state.faults-- > 0) return Promise.reject(new Error("the disk is full"));
        if (state.left === 0) state.ended.resolve();
        return Promise.resolve(state.left > 0 && state.left-- > 0);
      },
    },
    loop: { after: (_, task) => queueMicrotask(task), every: () => () => {} },
  });
  return { state, erasing };
}

Deno.test("what erased people left is taken to the end, portion by portion, from the start on", async () => {
  const { state, erasing } = harness(5);
  const stop = erasing.start();
  await state.ended.promise;
  assert.equal(state.left, 0);
  stop();
});

Deno.test("what a fault has interrupted goes on at the next look", async () => {
  const { state, erasing } = harness(3);
  state.faults = 1;
  erasing.wake();
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(state.left, 3);
  erasing.wake();
  await state.ended.promise;
  assert.equal(state.left, 0);
});

Deno.test("a server that stops takes nothing more away", async () => {
  const { state, erasing } = harness(1_000);
  erasing.start()();
  await new Promise((resolve) => setTimeout(resolve));
  assert.ok(state.left >= 998);
  erasing.wake();
  await new Promise((resolve) => setTimeout(resolve));
  assert.ok(state.left >= 998);
});
