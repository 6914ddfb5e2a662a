import assert from "node:assert/strict";
import {
  countChanges,
  countLive,
  mergeRoom,
  moveMarkBack,
  moveReadMark,
} from "../../lib/client/counters.ts";
import { historyOf } from "../../lib/client/timeline.ts";
import { MOST_LISTED } from "../../lib/protocol/group_mentions.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import { memberRoom, message } from "../support/model_message.ts";

const ME = 1;
const loaded = (messages: Message[], head: number, hasBefore = false) =>
  historyOf({ messages, head, hasBefore, hasAfter: false });

function counts({ room, sure }: ReturnType<typeof countLive>) {
  const { readSeq, unread, mentions } = room.membership;
  return { head: room.head, readSeq, unread, mentions, sure };
}

Deno.test("a message by somebody else is unread, and a mention where it mentions", () => {
  const plain = countLive(memberRoom(4, { readSeq: 4 }), message(5), 5, ME, undefined);
  assert.deepEqual(counts(plain), { head: 5, readSeq: 4, unread: 1, mentions: 0, sure: true });
  const mention = countLive(plain.room, message(6, { mentions: [ME] }), 6, ME, undefined);
  assert.deepEqual(counts(mention), { head: 6, readSeq: 4, unread: 2, mentions: 1, sure: true });
});

Deno.test("a message of one's own is not unread, and leaves unread what others wrote before", () => {
  const room = memberRoom(4, { readSeq: 1, unread: 3, mentions: 2 });
  const counted = countLive(room, message(5, { userId: ME }), 5, ME, undefined);
  assert.deepEqual(counts(counted), { head: 5, readSeq: 1, unread: 3, mentions: 2, sure: true });
  const read = countLive(
    memberRoom(4, { readSeq: 2 }),
    message(5, { userId: ME }),
    5,
    ME,
    undefined,
  );
  assert.deepEqual(counts(read), { head: 5, readSeq: 5, unread: 0, mentions: 0, sure: true });
});

Deno.test("an unread message that is deleted is not counted any more; one that was read never was", () => {
  const room = memberRoom(4, { readSeq: 2, unread: 2 });
  const gone = (seq: number) => message(seq, { rev: 5, text: "", deletedAt: 1 });
  assert.equal(countLive(room, gone(3), 5, ME, undefined).room.membership.unread, 1);
  assert.equal(countLive(room, gone(2), 5, ME, undefined).room.membership.unread, 2);
});

Deno.test("an edit may take a mention away, where the text before is known", () => {
  const room = memberRoom(4, { readSeq: 2, unread: 2, mentions: 1 });
  const history = loaded([message(3, { mentions: [ME] }), message(4)], 4);
  const edited = message(3, { rev: 5, editedAt: 1 });
  assert.equal(countLive(room, edited, 5, ME, history).room.membership.mentions, 0);
});

Deno.test("where the text before an edit is not known, the counters are not certain", () => {
  const room = memberRoom(4, { readSeq: 2, unread: 2, mentions: 1 });
  assert.equal(countLive(room, message(3, { rev: 5, editedAt: 1 }), 5, ME, undefined).sure, false);
  // A page that already shows the edit says nothing about the text before it.
  const tooNew = loaded([message(3, { rev: 5, editedAt: 1 })], 5);
  assert.equal(countLive(room, message(3, { rev: 5, editedAt: 1 }), 5, ME, tooNew).sure, false);
});

Deno.test("unread is counted up to the limit, and from there no deletion can be subtracted", () => {
  const room = memberRoom(2_000, { unread: LIMITS.unreadCount });
  const more = countLive(room, message(2_001), 2_001, ME, undefined);
  assert.equal(more.room.membership.unread, LIMITS.unreadCount);
  const gone = message(7, { rev: 2_002, deletedAt: 1 });
  assert.equal(countLive(more.room, gone, 2_002, ME, undefined).sure, false);
});

Deno.test("an event that is not the next one changes no counter", () => {
  const room = memberRoom(4);
  assert.equal(countLive(room, message(6), 6, ME, undefined).room, room);
  assert.equal(countLive(room, message(4), 4, ME, undefined).room, room);
});

Deno.test("what came around a message of one's own is unread, whatever the order of the changes", () => {
  const own = message(5, { userId: ME, rev: 8 });
  const messages = [message(6), message(7), own];
  const changes = { messages, head: 8, more: false, reset: false };
  const counted = countChanges(memberRoom(4, { unread: 3 }), changes, 4, ME, undefined);
  assert.deepEqual(counts(counted), { head: 8, readSeq: 0, unread: 5, mentions: 0, sure: false });
});

Deno.test("changes that go on are counted, but not for certain", () => {
  const changes = { messages: [message(5)], head: 9, more: true, reset: false };
  const counted = countChanges(memberRoom(4), changes, 4, ME, undefined);
  assert.deepEqual([counted.room.head, counted.sure], [5, false]);
});

Deno.test("the mark never moves back, and at the newest message nothing is unread", () => {
  const room = memberRoom(6, { readSeq: 3, unread: 3, mentions: 1 });
  assert.equal(moveReadMark(room, 2, ME, undefined).room, room);
  const read = counts(moveReadMark(room, 6, ME, undefined));
  assert.deepEqual(read, { head: 6, readSeq: 6, unread: 0, mentions: 0, sure: true });
});

Deno.test("a mark in the middle is counted from what is loaded, or not for certain", () => {
  const room = memberRoom(6, { readSeq: 3, unread: 3, mentions: 1 });
  const history = loaded([message(5), message(6, { mentions: [ME] })], 6, true);
  const known = counts(moveReadMark(room, 4, ME, history));
  assert.deepEqual(known, { head: 6, readSeq: 4, unread: 2, mentions: 1, sure: true });
  assert.equal(moveReadMark(room, 4, ME, undefined).sure, false);
});

Deno.test("a mark in an old stretch takes from what is unread what has been read", () => {
  const room = memberRoom(60, { readSeq: 3, unread: 57, mentions: 2 });
  const messages = [message(3), message(4, { mentions: [ME] }), message(5), message(6)];
  const old = historyOf({ messages, head: 60, hasBefore: true, hasAfter: true });
  const read = counts(moveReadMark(room, 5, ME, old));
  assert.deepEqual(read, { head: 60, readSeq: 5, unread: 55, mentions: 1, sure: true });
  // Beyond what is loaded, and at the limit, it cannot be told.
  assert.equal(moveReadMark(room, 7, ME, old).sure, false);
  const full = memberRoom(60, { readSeq: 3, unread: LIMITS.unreadCount });
  assert.equal(moveReadMark(full, 5, ME, old).sure, false);
});

Deno.test("a choice of what to be told of, made on another device, counts whatever heads say", () => {
  const ours = memberRoom(6, { readSeq: 3, unread: 3 });
  for (const head of [5, 6, 7]) {
    const theirs = memberRoom(head, { readSeq: 3, unread: head - 3, notify: "none" });
    assert.equal(mergeRoom(ours, theirs, ME, undefined).room.membership.notify, "none");
  }
});

Deno.test("a room that the server renamed keeps its counters, unless both count alike", () => {
  const ours = memberRoom(6, { readSeq: 3, unread: 3 });
  const theirs = { ...memberRoom(7, { readSeq: 3, unread: 4 }), name: "renamed" };
  const merged = mergeRoom(ours, theirs, ME, undefined);
  assert.deepEqual([merged.room.name, merged.room.head, merged.room.membership.unread], [
    "renamed",
    6,
    3,
  ]);
  const same = memberRoom(6, { readSeq: 3, unread: 2 });
  assert.deepEqual(mergeRoom(ours, same, ME, undefined), { room: same, sure: true, exact: true });
});

Deno.test("a mark that goes back is counted from what is loaded, or else asked for", () => {
  const messages = [message(3, { mentions: [ME] }), message(4), message(5, { userId: ME })];
  const room = memberRoom(5, { readSeq: 5 });
  const counted = moveMarkBack(room, 2, ME, loaded(messages, 5));
  assert.deepEqual(counts(counted), { head: 5, readSeq: 2, unread: 2, mentions: 1, sure: true });
  const unknown = moveMarkBack(room, 2, ME, undefined);
  assert.deepEqual(counts(unknown), { head: 5, readSeq: 2, unread: 1, mentions: 0, sure: false });
});

Deno.test("set back, a mark counts what mentioned many as it counted it before", () => {
  const many = Array.from({ length: MOST_LISTED }, (_, at) => 100 + at);
  const called = message(3, { mentions: many, mentionsAll: "room" });
  const room = memberRoom(3, { readSeq: 3 });
  const { room: { membership } } = moveMarkBack(room, 2, ME, loaded([message(2), called], 3));
  assert.deepEqual([membership.unread, membership.mentions], [1, 1]);
});
