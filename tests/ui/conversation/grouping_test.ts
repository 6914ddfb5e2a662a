import assert from "node:assert/strict";
import type { ReaderClock } from "../../../lib/ui/dates.ts";
import { newSeqOf, place, RUN_GAP } from "../../../lib/ui/conversation/grouping.ts";
import { ANN, messageOf, MORNING } from "../fake_client.ts";

const CLOCK: ReaderClock = { now: MORNING, ahead: () => 0 };
const SELF = ANN.id;

Deno.test("messages of one author in a row are one run", () => {
  const placed = place([messageOf(1, "a"), messageOf(2, "b")], undefined, null, CLOCK);
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
    const [, placed] = place([first, second], undefined, null, CLOCK);
    assert.equal(placed!.startsRun, true);
  }
});

Deno.test("answers to one message by one author are one run; what answers nothing begins another", () => {
  const answers = [
    messageOf(1, "asked"),
    messageOf(2, "one", { replyTo: 1 }),
    messageOf(3, "two", { replyTo: 1 }),
    messageOf(4, "to another", { replyTo: 2 }),
    messageOf(5, "something else"),
  ];
  const placed = place(answers, undefined, null, CLOCK);
  assert.deepEqual(placed.map((one) => one.startsRun), [true, true, false, true, true]);
});

Deno.test("a day begins by the reader's clock, not by UTC", () => {
  const late = messageOf(1, "a", { ts: Date.UTC(2026, 2, 14, 22, 30) });
  const early = messageOf(2, "b", { ts: Date.UTC(2026, 2, 14, 23, 30) });
  const days = (minutes: number) =>
    place([late, early], undefined, null, { now: null, ahead: () => minutes })
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
  const marks = (divider: number | null) => {
    const newSeq = newSeqOf({ messages, hasBefore: false }, divider, SELF);
    return place(messages, undefined, newSeq, CLOCK).map((one) => one.startsNew);
  };
  assert.deepEqual(marks(1), [false, false, true, false]);
  assert.deepEqual(marks(4), [false, false, false, false]);
  assert.deepEqual(marks(null), [false, false, false, false]);
  assert.equal(place(messages, undefined, 3, CLOCK)[2]!.startsRun, true);
});

Deno.test("where the message that the line goes before may not be loaded, there is no line", () => {
  const messages = [messageOf(8, "a"), messageOf(9, "b")];
  assert.equal(newSeqOf({ messages, hasBefore: true }, 3, SELF), null);
  assert.equal(newSeqOf({ messages, hasBefore: true }, 7, SELF), 8);
  assert.equal(newSeqOf({ messages, hasBefore: false }, 3, SELF), 8);
});

Deno.test("a stretch out of the middle is placed as in the whole", () => {
  const messages = [1, 2, 3, 4].map((seq) => messageOf(seq, "x", { ts: MORNING + seq }));
  const whole = place(messages, undefined, 4, CLOCK);
  assert.deepEqual(place(messages.slice(2), messages[1], 4, CLOCK), whole.slice(2));
});
