/** When a node may pass on what it hears. */
import assert from "node:assert/strict";
import { Gate } from "../../../lib/hub/nodes/gate.ts";
import { newNodesCounts } from "../../../lib/metrics/counts.ts";
import type { Ticks } from "../../../lib/protocol/time.ts";

function setUp() {
  const clocks = { monotonic: 1_000, wall: 50_000 };
  const gate = new Gate(
    { monotonic: () => clocks.monotonic as Ticks, wall: () => clocks.wall },
    newNodesCounts(),
  );
  const sweep = () => gate.swept({ monotonic: clocks.monotonic as Ticks, wall: clocks.wall });
  return { clocks, gate, sweep };
}

Deno.test("the gate is shut until a sweep has completed, and four seconds after the last", () => {
  const { clocks, gate, sweep } = setUp();
  assert.equal(gate.isOpen, false);
  sweep();
  assert.equal(gate.isOpen, true);
  clocks.monotonic += 4_000;
  clocks.wall += 4_000;
  assert.equal(gate.isOpen, true);
  clocks.monotonic += 1;
  assert.equal(gate.isOpen, false);
  sweep();
  assert.equal(gate.isOpen, true);
});

Deno.test("a machine that slept finds it shut, although its monotonic clock stood still", () => {
  const { clocks, gate, sweep } = setUp();
  sweep();
  clocks.wall += 60_000;
  assert.equal(gate.isOpen, false);
});

Deno.test("a process that was stopped finds it shut, although somebody set the wall clock back", () => {
  const { clocks, gate, sweep } = setUp();
  sweep();
  clocks.monotonic += 60_000;
  clocks.wall -= 3_600_000;
  assert.equal(gate.isOpen, false);
});
