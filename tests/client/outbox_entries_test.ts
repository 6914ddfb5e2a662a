import assert from "node:assert/strict";
import {
  type Entry,
  firstOfEachRoom,
  isWaiting,
  placed,
  unreleased,
} from "../../lib/client/outbox_entries.ts";

const entry = (order: number, more: Partial<Entry> = {}): Entry => ({
  ...{ userId: 1, clientId: `message-${order}`, room: 1, text: `text ${order}`, replyTo: null },
  ...{ createdAt: order, order, state: "pending", error: null, stored: true, ackedRev: null },
  ...more,
});
const orders = (entries: readonly Entry[]) => entries.map(({ order }) => order);
const nowhere = () => false;

Deno.test("a message stands in the order in which it was written, and in its latest state", () => {
  const list = placed(placed([entry(1), entry(3)], entry(2)), entry(3, { state: "failed" }));
  assert.deepEqual(orders(list), [1, 2, 3]);
  assert.equal(list[2]!.state, "failed");
});

Deno.test("of each room the first that waits may go, however many wait behind it", () => {
  const list = [entry(1), entry(2), entry(3, { room: 2 }), entry(4, { room: 3 })];
  assert.deepEqual(orders(firstOfEachRoom(list, nowhere)), [1, 3, 4]);
  assert.deepEqual(orders(firstOfEachRoom(list, (room) => room === 2)), [1, 4]);
});

Deno.test("what is acknowledged or refused holds up nothing behind it", () => {
  const list = [entry(1, { ackedRev: 5 }), entry(2, { state: "failed" }), entry(3), entry(4)];
  assert.deepEqual(list.map(isWaiting), [false, false, true, true]);
  assert.deepEqual(orders(firstOfEachRoom(list, nowhere)), [3]);
});

Deno.test("an acknowledged message leaves when its room is known up to it, or is gone", () => {
  const list = [entry(1, { ackedRev: 5 }), entry(2, { ackedRev: 6 }), entry(3)];
  assert.deepEqual(orders(unreleased(list, () => 4)), [1, 2, 3]);
  assert.deepEqual(orders(unreleased(list, () => 5)), [2, 3]);
  assert.deepEqual(orders(unreleased(list, () => null)), [3]);
});
