import assert from "node:assert/strict";
import {
  fittedWindow,
  holds,
  MOST,
  MOST_SELECTED,
  movedWindow,
  shownOf,
  STEP,
  type Window,
  windowAround,
} from "../../../lib/ui/conversation/window.ts";
import { message } from "../../support/model_message.ts";

/** Places have holes: every third belongs to an edit. */
const messages = Array.from({ length: 1000 }, (_, at) => message(3 * at + 1));
const sizeOf = (window: Window) => {
  const { from, to } = shownOf(messages, window);
  return to - from;
};

Deno.test("a conversation begins with what fits on a screen, around a message or at the end", () => {
  const around = shownOf(messages, windowAround(messages, 500));
  assert.ok(around.from < 500 && around.to > 510 && around.to - around.from <= MOST);
  assert.deepEqual(shownOf(messages, windowAround(messages, null)).to, 1000);
  assert.equal(windowAround(messages, null).last, null, "it grows with what comes");
  assert.equal(shownOf(messages, windowAround(messages, 0)).from, 0);
  const few = messages.slice(0, 7);
  assert.deepEqual(shownOf(few, windowAround(few, 3)), { from: 0, to: 7 });
  assert.deepEqual(shownOf([], windowAround([], null)), { from: 0, to: 0 });
});

Deno.test("moved through all messages, the window never holds more than the most, nor a hole", () => {
  let window = windowAround(messages, null);
  for (let steps = 0; shownOf(messages, window).from > 0; steps++) {
    const before = shownOf(messages, window);
    window = movedWindow(messages, window, "before", null);
    const after = shownOf(messages, window);
    assert.equal(after.from, Math.max(0, before.from - STEP));
    assert.ok(sizeOf(window) <= MOST);
    assert.ok(steps < 1000);
  }
  while (window.last !== null) window = movedWindow(messages, window, "after", null);
  assert.deepEqual(shownOf(messages, window), { from: 1000 - MOST, to: 1000 });
});

Deno.test("older messages that are put before do not move the window", () => {
  const window = windowAround(messages, 700);
  const later = messages.slice(600);
  const seqs = (list: typeof messages) => {
    const { from, to } = shownOf(list, window);
    return list.slice(from, to).map(({ seq }) => seq);
  };
  assert.deepEqual(seqs(later), seqs(messages));
});

Deno.test("what is selected stays, up to a bound", () => {
  let window = windowAround(messages, 500);
  const { to } = shownOf(messages, window);
  const keep = { from: to - 5, to };
  while (shownOf(messages, window).from > 0) {
    window = movedWindow(messages, window, "before", keep);
    assert.ok(sizeOf(window) <= MOST_SELECTED);
    if (shownOf(messages, window).from >= to - MOST_SELECTED) {
      assert.equal(shownOf(messages, window).to, to);
    }
  }
  assert.equal(sizeOf(window), MOST_SELECTED);
});

Deno.test("at the end the window follows what comes, and leaves behind what was read", () => {
  const window = windowAround(messages.slice(0, 300), null);
  const held = (atEnd: boolean, hold: number | null) =>
    shownOf(messages, fittedWindow(messages, window, atEnd, hold));
  assert.equal(held(true, null).to, 1000);
  assert.ok(held(true, null).from > 800);
  // Whoever has scrolled up stays where they are; whoever has not seen 310 still finds it.
  assert.equal(held(false, null).from, 240);
  assert.equal(held(false, null).to, 240 + MOST);
  const waiting = held(true, 310);
  assert.ok(waiting.from < 310 && waiting.to > 340 && waiting.to - waiting.from <= MOST);
});

Deno.test("a message is landed at only where enough stands around it, or all there is", () => {
  const window = windowAround(messages, 500);
  const { from, to } = shownOf(messages, window);
  assert.ok(holds(messages, window, 500));
  assert.ok(!holds(messages, window, to - 3) && !holds(messages, window, from + 3));
  assert.ok(!holds(messages, window, to) && !holds(messages, window, from - 1));
  // Where nothing more is loaded there is nothing to put there.
  const end = windowAround(messages, null);
  assert.ok(holds(messages, end, 999) && !holds(messages, end, 900));
  const few = messages.slice(0, 7);
  assert.ok(holds(few, windowAround(few, 3), 0));
});
