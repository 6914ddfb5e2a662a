import assert from "node:assert/strict";
import { Screens } from "../../../lib/hub/sending/screens.ts";
import { newHubCounts } from "../../../lib/metrics/counts.ts";
import { ticks } from "../../support/ticks.ts";

function setUp() {
  const time = { now: 0 };
  const counts = newHubCounts();
  const screens = new Screens(counts, () => ticks(time.now));
  const at = (now: number, step: () => void) => {
    time.now = now;
    step();
  };
  return { counts, screens, at };
}

Deno.test("a message told before a round is on the first screen with its first part, on the last at its end", () => {
  const { counts, screens, at } = setUp();
  screens.expect({ arrivedAt: ticks(10), remote: false });
  at(12, () => screens.beginPart(true));
  at(15, () => screens.endPart());
  at(16, () => screens.beginPart(false));
  at(21, () => screens.endPart());
  at(21, () => screens.endRound(false));
  assert.deepEqual([counts.firstScreen.count, counts.firstScreen.sum], [1, 5]);
  assert.deepEqual([counts.lastScreen.count, counts.lastScreen.sum], [1, 11]);
});

Deno.test("a message told in the middle of a round is on the last screen after the next one", () => {
  const { counts, screens, at } = setUp();
  at(0, () => screens.beginPart(true));
  at(1, () => screens.endPart());
  screens.expect({ arrivedAt: ticks(1), remote: false });
  at(2, () => screens.beginPart(false));
  at(3, () => screens.endPart());
  at(3, () => screens.endRound(true));
  assert.deepEqual([counts.firstScreen.sum, counts.lastScreen.count], [2, 0]);
  at(8, () => screens.beginPart(true));
  at(9, () => screens.endPart());
  at(9, () => screens.endRound(false));
  assert.deepEqual([counts.lastScreen.count, counts.lastScreen.sum], [1, 8]);
});

Deno.test("if nobody waits for another round, the message was on all screens with this one", () => {
  const { counts, screens, at } = setUp();
  at(0, () => screens.beginPart(true));
  screens.expect({ arrivedAt: ticks(0), remote: false });
  at(2, () => screens.beginPart(false));
  at(3, () => screens.endPart());
  at(3, () => screens.endRound(false));
  assert.deepEqual([counts.lastScreen.count, counts.lastScreen.sum], [1, 3]);
});

Deno.test("a message of another node counts by itself, and its end is told", () => {
  const { counts, screens, at } = setUp();
  let ended = 0;
  screens.expect({ arrivedAt: ticks(0), remote: true, ended: () => ended += 1 });
  at(4, () => screens.beginPart(true));
  at(5, () => screens.endPart());
  assert.equal(ended, 0);
  at(5, () => screens.endRound(false));
  assert.equal(ended, 1);
  assert.deepEqual([counts.remoteScreen.sum, counts.lastScreen.count], [5, 0]);
  assert.equal(counts.firstScreen.count, 0);
});
