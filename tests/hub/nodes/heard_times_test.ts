import assert from "node:assert/strict";
import type { MessageNotice } from "../../../lib/chat/notice.ts";
import { timeHeard } from "../../../lib/hub/nodes/heard_times.ts";
import { type Journey, Screens } from "../../../lib/hub/sending/screens.ts";
import { newHubCounts } from "../../../lib/metrics/counts.ts";
import { message } from "../../support/model_message.ts";
import { ticks } from "../../support/ticks.ts";

function setUp() {
  const time = { monotonic: 5_000, wall: 1_000_000 };
  const expected: Journey[] = [];
  const screens = new Screens(newHubCounts(), () => ticks(time.monotonic));
  screens.expect = (journey) => void expected.push(journey);
  const heard = timeHeard({
    screens,
    monotonic: () => ticks(time.monotonic),
    wall: () => time.wall,
  });
  const hear = (ts: number, more: { rev?: number; heard?: true | undefined } = { heard: true }) =>
    heard(
      {
        type: "message",
        room: 1,
        rev: 1,
        access: 0,
        message: message(1, { ts, rev: more.rev ?? 1 }),
        ...(more.heard === true ? { heard: true } : {}),
      } satisfies MessageNotice,
    );
  return { time, expected, hear };
}

Deno.test("a message of another node is timed from when it was stored there", () => {
  const { time, expected, hear } = setUp();
  hear(time.wall - 40);
  assert.deepEqual(expected, [{ arrivedAt: 4_960, remote: true }]);
});

Deno.test("a clock that is ahead makes no negative time", () => {
  const { time, expected, hear } = setUp();
  hear(time.wall + 3_000);
  assert.deepEqual(expected, [{ arrivedAt: 5_000, remote: true }]);
});

Deno.test("own messages, edits and more than ten a second are not timed", () => {
  const { time, expected, hear } = setUp();
  hear(time.wall, {});
  hear(time.wall - 9_000, { heard: true, rev: 7 });
  assert.deepEqual(expected, []);
  for (let ms = 0; ms < 1_000; ms++) {
    time.monotonic += 1;
    hear(time.wall);
  }
  assert.equal(expected.length, 10);
});
