/** When a node asks the database what the bus may have kept from it. */
import assert from "node:assert/strict";
import { Gate } from "../../../lib/hub/nodes/gate.ts";
import { type RoomHead, Served } from "../../../lib/hub/nodes/served.ts";
import { Sweep } from "../../../lib/hub/nodes/sweep.ts";
import { newNodesCounts } from "../../../lib/metrics/counts.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";

function setUp(random = 0.5) {
  const virtual = new VirtualLoop();
  const { loop } = virtual;
  const counts = newNodesCounts();
  const state = { reaches: true, looks: true, moved: [] as RoomHead[] };
  const times: number[] = [];
  const found: RoomHead[][] = [];
  const gate = new Gate({ monotonic: loop.now, wall: loop.now }, counts);
  const start = loop.now();
  const sweep = new Sweep({
    moved() {
      times.push(loop.now() - start);
      return state.reaches ? Promise.resolve(state.moved) : Promise.reject(new Error("away"));
    },
    look: () => Promise.resolve(state.looks),
    served: new Served(() => [], () => null),
    found: (heads) => void found.push(heads),
    swept: () => {},
    gate,
    counts,
    loop,
    now: loop.now,
    random: () => random,
  });
  return { virtual, state, times, found, gate, sweep };
}

Deno.test("it sweeps at once, then every two seconds, more or less", async () => {
  const { virtual, times, gate, sweep } = setUp();
  sweep.start();
  await virtual.pass(6_000);
  assert.deepEqual(times, [0, 2_000, 4_000, 6_000]);
  assert.equal(gate.isOpen, true);
  const early = setUp(0);
  early.sweep.start();
  await early.virtual.pass(4_000);
  assert.deepEqual(early.times, [0, 1_800, 3_600]);
});

Deno.test("who needs one sooner shares it with others who do", async () => {
  const { virtual, times, sweep } = setUp();
  sweep.start();
  await virtual.pass(500);
  for (let i = 0; i < 5; i++) sweep.soon();
  await virtual.pass(10);
  sweep.soon();
  await virtual.pass(2_500);
  assert.deepEqual(times, [0, 520, 2_520]);
});

Deno.test("a database that is away is asked again soon, and the gate shuts meanwhile", async () => {
  const { virtual, state, times, gate, sweep } = setUp();
  sweep.start();
  await virtual.pass(1_000);
  state.reaches = false;
  await virtual.pass(5_000);
  assert.equal(gate.isOpen, false);
  assert.ok(times.length > 10);
  state.reaches = true;
  await virtual.pass(300);
  assert.equal(gate.isOpen, true);
});

Deno.test("heads that were told are kept, although the events cannot be read just then", async () => {
  const { virtual, state, found, gate, sweep } = setUp();
  state.looks = false;
  state.moved = [[7, 12]];
  sweep.start();
  await virtual.pass(10);
  assert.deepEqual(found, [[[7, 12]]]);
  assert.equal(gate.isOpen, false);
});

Deno.test("stopped, it asks nothing more", async () => {
  const { virtual, times, sweep } = setUp();
  const stop = sweep.start();
  await virtual.pass(100);
  stop();
  sweep.soon();
  await virtual.pass(10_000);
  assert.deepEqual(times, [0]);
});
