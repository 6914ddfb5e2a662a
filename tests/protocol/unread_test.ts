import assert from "node:assert/strict";
import { firstUnread, indexFrom, readUpTo } from "../../lib/protocol/unread.ts";
import { message } from "../support/model_message.ts";

const ME = 1;
const mine = (seq: number) => message(seq, { userId: ME });
const gone = (seq: number) => message(seq, { deletedAt: 1 });

Deno.test("the first unread message is by somebody else, not deleted, after the mark", () => {
  const messages = [message(2), mine(4), gone(5), message(9), message(10)];
  const first = (readSeq: number, hasBefore = false) =>
    firstUnread({ messages, hasBefore }, readSeq, ME)?.seq;
  assert.equal(first(0), 2);
  assert.equal(first(2), 9);
  assert.equal(first(3), 9, "a place without a message");
  assert.equal(first(9), 10);
  assert.equal(first(10), undefined);
  // Where messages between the mark and the stretch are not loaded, it may be one of those.
  assert.equal(first(0, true), undefined);
  assert.equal(first(1, true), 2);
  assert.equal(firstUnread({ messages: [], hasBefore: true }, 3, ME), undefined);
});

Deno.test("the mark goes as far as everything unread was seen, and not over a gap", () => {
  const messages = [message(1), message(3), mine(4), gone(6), message(7), message(8), mine(9)];
  const upTo = (readSeq: number, seen: number[], hasBefore = false) =>
    readUpTo({ messages, hasBefore }, readSeq, ME, new Set(seen));
  assert.equal(upTo(0, []), 0);
  assert.equal(upTo(0, [1]), 1);
  assert.equal(upTo(0, [1, 3]), 6, "what needs no reading is passed over");
  assert.equal(upTo(0, [7, 8]), 0, "who jumped to the end has not read what is above");
  assert.equal(upTo(0, [1, 3, 7, 8]), 9);
  assert.equal(upTo(3, [7]), 7);
  assert.equal(upTo(0, [1, 3, 7, 8], true), 9);
  assert.equal(readUpTo({ messages: [message(60)], hasBefore: true }, 3, ME, new Set([60])), 3);
});

Deno.test("places are found by bisection, also where there is none", () => {
  const messages = [message(2), message(5)];
  assert.deepEqual([1, 2, 3, 5, 6].map((seq) => indexFrom(messages, seq)), [0, 0, 1, 1, 2]);
});
