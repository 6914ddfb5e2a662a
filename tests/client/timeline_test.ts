import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import {
  historyOf,
  type LoadedHistory,
  MOST_LOADED,
  type Page,
  takeChanges,
  takeLive,
  takePage,
  trimmed,
} from "../../lib/client/timeline.ts";
import { message } from "../support/model_message.ts";

const page = (messages: Message[], more: Partial<Page> = {}): Page => ({
  messages,
  head: messages.at(-1)?.rev ?? 0,
  hasBefore: false,
  hasAfter: false,
  ...more,
});

const seqs = ({ timeline }: LoadedHistory) => timeline.messages.map(({ seq }) => seq);

Deno.test("the next event is applied, an older one is not, and a gap changes nothing", () => {
  const history = historyOf(page([message(1), message(2)]));
  const next = takeLive(history, message(3), 3);
  assert.deepEqual(seqs(next), [1, 2, 3]);
  assert.equal(takeLive(next, message(2, { text: "old" }), 2), next);
  assert.equal(takeLive(next, message(5), 5), next);
});

Deno.test("applying an event leaves the history it was applied to as it was", () => {
  const history = historyOf(page([message(1)]));
  const before = structuredClone(history);
  takeLive(history, message(1, { rev: 2, text: "edited" }), 2);
  assert.deepEqual(history, before);
});

Deno.test("a change of a message that is not loaded only moves the revision", () => {
  const history = historyOf(page([message(5), message(6)], { hasBefore: true }));
  const next = takeLive(history, message(2, { rev: 7, text: "edited" }), 7);
  assert.deepEqual(seqs(next), [5, 6]);
  assert.equal(next.rev, 7);
});

Deno.test("at an old place, new messages are not put after the stretch", () => {
  const history = historyOf(page([message(1), message(2)], { hasAfter: true, head: 9 }));
  const next = takeLive(history, message(10), 10);
  assert.deepEqual(seqs(next), [1, 2]);
  assert.equal(next.rev, 10);
});

Deno.test("changes come by revision, and find their places by seq", () => {
  const history = historyOf(page([message(1)]));
  const edited = message(2, { rev: 9 });
  const first = takeChanges(
    history,
    { messages: [message(3)], head: 9, more: true, reset: false },
    1,
  );
  assert.deepEqual([seqs(first), first.rev], [[1, 3], 3]);
  const second = takeChanges(
    first,
    { messages: [edited], head: 9, more: false, reset: false },
    3,
  );
  assert.deepEqual([seqs(second), second.rev], [[1, 2, 3], 9]);
});

Deno.test("changes that begin after what is known are refused: they would leave a hole", () => {
  const history = historyOf(page([message(1)]));
  const changes = { messages: [message(5)], head: 5, more: false, reset: false };
  assert.equal(takeChanges(history, changes, 4), history);
});

Deno.test("a page that was read before the latest events takes the revision back to its head", () => {
  const history = { ...historyOf(page([message(5)], { hasBefore: true })), rev: 8 };
  const next = takePage(history, page([message(3), message(4)], { head: 6 }), "before");
  assert.deepEqual([seqs(next), next.rev], [[3, 4, 5], 6]);
  assert.equal(next.timeline.hasBefore, false);
});

Deno.test("a page that is newer than what is known does not skip events", () => {
  const history = historyOf(page([message(1)], { hasAfter: true, head: 3 }));
  const next = takePage(history, page([message(2), message(5)], { head: 5 }), "after");
  assert.deepEqual([seqs(next), next.rev], [[1, 2, 5], 3]);
  const again = takeLive(next, message(2, { rev: 2, text: "stale" }), 4);
  assert.equal(again.timeline.messages[1]!.text, message(2).text);
});

Deno.test("a trimmed history says that there is more before", () => {
  const history = historyOf(page([message(1), message(2), message(3)]));
  const next = trimmed(history, 2);
  assert.deepEqual(seqs(next), [2, 3]);
  assert.equal(next.timeline.hasBefore, true);
});

Deno.test("beyond the most that is kept loaded, those furthest from where it grew go", () => {
  const all = Array.from({ length: MOST_LOADED }, (_, at) => message(at + 11));
  const full = historyOf(page(all, { hasBefore: true }));
  const older = takePage(full, page([message(10)], { head: full.rev, hasBefore: true }), "before");
  assert.deepEqual([seqs(older)[0], seqs(older).length < MOST_LOADED], [10, true]);
  assert.deepEqual([older.timeline.hasBefore, older.timeline.hasAfter], [true, true]);
  const last = MOST_LOADED + 11;
  const live = takeLive(full, message(last), full.rev + 1);
  assert.deepEqual([seqs(live).at(-1), seqs(live).length < MOST_LOADED], [last, true]);
  assert.deepEqual([live.timeline.hasBefore, live.timeline.hasAfter], [true, false]);
});
