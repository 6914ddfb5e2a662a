import assert from "node:assert/strict";
import { createFlushSchedule } from "../../../lib/hub/sending/flush.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";

function setUp(cost: number) {
  const virtual = new VirtualLoop();
  const flushes: number[] = [];
  const schedule = createFlushSchedule(() => {
    flushes.push(virtual.loop.now());
    virtual.spend(cost);
    return true;
  }, virtual.loop);
  return { virtual, flushes, schedule, start: virtual.loop.now() };
}

Deno.test("an idle hub flushes in the same pass of the loop", async () => {
  const { virtual, flushes, schedule, start } = setUp(0);
  schedule.request();
  assert.deepEqual(flushes, [], "not before the current task has ended");
  await virtual.pass(0);
  assert.deepEqual(flushes, [start]);
});

Deno.test("many requests before the flush are one flush", async () => {
  const { virtual, flushes, schedule } = setUp(0);
  for (let i = 0; i < 100; i++) schedule.request();
  await virtual.pass(100);
  assert.equal(flushes.length, 1);
});

Deno.test("under load the gap is one and a half times the cost, from the end of the flush", async () => {
  const { virtual, flushes, schedule, start } = setUp(20);
  schedule.request();
  await virtual.pass(0);
  schedule.request();
  await virtual.pass(29);
  assert.equal(flushes.length, 1);
  await virtual.pass(2);
  assert.deepEqual(flushes, [start, start + 50]);
});

Deno.test("the gap is at least 5 and at most 50 ms", async () => {
  for (const [cost, gap] of [[0, 5], [1000, 50]] as const) {
    const { virtual, flushes, schedule, start } = setUp(cost);
    schedule.request();
    await virtual.pass(0);
    schedule.request();
    await virtual.pass(60);
    assert.deepEqual(flushes, [start, start + cost + gap]);
  }
});

Deno.test("a request while the writes of a flush run is not forgotten", async () => {
  const virtual = new VirtualLoop();
  let count = 0;
  const schedule = createFlushSchedule(() => {
    count += 1;
    if (count === 1) virtual.loop.immediate(schedule.request);
    return true;
  }, virtual.loop);
  schedule.request();
  await virtual.pass(20);
  assert.equal(count, 2);
});

Deno.test("a flush in parts lets others run in between, and its gap counts from the last one", async () => {
  const virtual = new VirtualLoop();
  const log: string[] = [];
  let left = 3;
  const schedule = createFlushSchedule(() => {
    log.push(`part at ${virtual.loop.now()}`);
    virtual.spend(2);
    virtual.loop.immediate(() => log.push("other"));
    if (left > 1) schedule.request(); // what comes meanwhile is for the next flush
    return --left <= 0;
  }, virtual.loop);
  const start = virtual.loop.now();
  schedule.request();
  await virtual.pass(6);
  assert.deepEqual(log, [
    `part at ${start}`,
    "other",
    `part at ${start + 2}`,
    "other",
    `part at ${start + 4}`,
    "other",
  ]);
  await virtual.pass(9);
  assert.equal(log.at(-1), `part at ${start + 15}`);
});
