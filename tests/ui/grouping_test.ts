import assert from "node:assert/strict";
import type { Clock } from "../../lib/ui/dates.ts";
import { place, RUN_GAP } from "../../lib/ui/grouping.ts";
import { ANN, messageOf, MORNING } from "./fake_client.ts";

const CLOCK: Clock = { now: MORNING, ahead: () => 0 };
const SELF = ANN.id;

Deno.test("messages of one author in a row are one run", () => {
  const placed = place([messageOf(1, "a"), messageOf(2, "b")], null, SELF, CLOCK);
  assert.deepEqual(placed.map((one) => one.startsRun), [true, false]);
});

Deno.test("another author, a long pause, a reply or another day begins a new run", () => {
  const first = messageOf(1, "a");
  const cases = [
    messageOf(2, "b", { userId: ANN.id }),
    messageOf(2, "b", { ts: first.ts + RUN_GAP }),
    messageOf(2, "b", { replyTo: first.id }),
    messageOf(2, "b", { ts: first.ts + 86_400_000 }),
  ];
  for (const second of cases) {
    const [, placed] = place([first, second], null, SELF, CLOCK);
    assert.equal(placed!.startsRun, true);
  }
});

Deno.test("a day begins by the reader's clock, not by UTC", () => {
  const late = messageOf(1, "a", { ts: Date.UTC(2026, 2, 14, 22, 30) });
  const early = messageOf(2, "b", { ts: Date.UTC(2026, 2, 14, 23, 30) });
  const days = (minutes: number) =>
    place([late, early], null, SELF, { now: null, ahead: () => minutes })
      .map((one) => one.startsDay);
  assert.deepEqual(days(0), [true, false]);
  assert.deepEqual(days(60), [true, true]);
});

Deno.test("the line of new messages stands once, before the first by somebody else", () => {
  const messages = [
    messageOf(1, "read"),
    messageOf(2, "own", { userId: SELF }),
    messageOf(3, "new"),
    messageOf(4, "newer"),
  ];
  const marks = (divider: number | null) =>
    place(messages, divider, SELF, CLOCK).map((one) => one.startsNew);
  assert.deepEqual(marks(1), [false, false, true, false]);
  assert.deepEqual(marks(4), [false, false, false, false]);
  assert.deepEqual(marks(null), [false, false, false, false]);
  assert.equal(place(messages, 2, SELF, CLOCK)[2]!.startsRun, true);
});
