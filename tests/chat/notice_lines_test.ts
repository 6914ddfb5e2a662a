/** How notices are written for other nodes: each as it was, and a message's text unread. */
import assert from "node:assert/strict";
import { NOTICE_LINES } from "../../lib/chat/notice_lines.ts";
import { type MessageNotice, messageText, type Notice } from "../../lib/chat/notice.ts";
import { message, plain } from "../contract/bus.ts";

const { write, read, brief } = NOTICE_LINES;

Deno.test("every notice is one line, and is read as it was written", () => {
  const notices: Notice[] = [
    message(9_007_199_254_740_991, "a\nb\u2028c 👩‍👩‍👧‍👦 \ud800"),
    { type: "typing", room: 1, userId: 2 },
    { type: "events" },
    { type: "moved", room: 1, rev: 2, access: 3 },
    { type: "threads", room: 1, roots: [2, 3] },
    { type: "spending", node: "n", spent: [["sends", 3, -1, false]] },
  ];
  for (const notice of notices) {
    const line = write(notice);
    assert.doesNotMatch(line, /[\r\n]/);
    assert.deepEqual(plain(read(line)!), plain(notice));
  }
});

Deno.test("a message goes on to people's connections as its author's node encoded it", () => {
  const told = message(7, "hello");
  const heard = read(write(told)) as MessageNotice;
  assert.equal(messageText(heard), messageText(told));
  assert.deepEqual(JSON.parse(messageText(heard)), {
    type: "message",
    room: 1,
    rev: 7,
    message: told.message,
  });
});

Deno.test("what another node's message says is not read for being delivered", () => {
  const heard = read('m 1 7 4 {"this": is not even JSON') as MessageNotice;
  assert.equal(messageText(heard), '{"this": is not even JSON');
  assert.deepEqual([heard.room, heard.rev, heard.access], [1, 7, 4]);
});

Deno.test("of a message that is too long the others are told where to look, of others nothing", () => {
  assert.deepEqual(brief(message(7)), { type: "moved", room: 1, rev: 7, access: 4 });
  assert.equal(brief({ type: "events" }), null);
});

Deno.test("where something in a thread is new to too many, the others are told to look", () => {
  const states = [{ userId: 4, following: true, readSeq: 2, fresh: true }];
  const hint = { type: "threads", room: 1, roots: [2] };
  assert.deepEqual(brief({ type: "thread", room: 1, root: 2, states }), hint);
});

Deno.test("fields that a later version adds are kept, kinds that it adds are handed on", () => {
  assert.deepEqual(read('{"type":"typing","room":1,"userId":2,"since":3}'), {
    type: "typing",
    room: 1,
    userId: 2,
    since: 3,
  });
  const later = read('m 1 7 4 5 a:b {"type":"message","text":" {"}') as MessageNotice;
  assert.deepEqual([later.room, later.rev, later.access], [1, 7, 4]);
  assert.equal(messageText(later), '{"type":"message","text":" {"}');
  assert.equal(read('{"kind":"typing"}'), null);
  assert.equal((read('{"type":"unheard of"}') as { type: string }).type, "unheard of");
});

Deno.test("what no node writes is an error, not a message", () => {
  for (
    const line of [
      "m",
      "m ",
      "m 1 2",
      "m 1 2 {}",
      "m 1 2 3 4",
      "m  2 3 {}",
      "m 1 2.5 3 {}",
      "{",
      "hello",
    ]
  ) {
    assert.throws(() => read(line), line);
  }
});

Deno.test("who is in a room, and whose session has ended, is never believed of the bus", () => {
  const made: Record<string, unknown>[] = [
    { type: "revoked", userId: 1, sessions: "all", reason: "signed out" },
    { type: "joined", userId: 1, room: { id: 2, head: 3 }, access: 4 },
    { type: "left", userId: 1, room: 2, access: 3 },
    { type: "room", room: 1 },
    { type: "membership", userId: 1, room: 1 },
    { type: "user", user: { id: 1, role: "owner" } },
    { type: "settings", userId: 1, user: {} },
    { type: "saved", userId: 1, message: 1, on: true },
  ];
  for (const notice of made) assert.equal(read(JSON.stringify(notice)), null, `${notice.type}`);
});

Deno.test("a signal that its readers would stumble over is an error, and takes no other along", () => {
  const made: Record<string, unknown>[] = [
    { type: "message", room: 1, rev: 2, access: 0, message: null },
    { type: "moved", room: 1, rev: "2", access: 0 },
    { type: "typing", room: 1 },
    { type: "threads", room: 1, roots: ["2"] },
    { type: "read", userId: 1, room: {}, seq: 1 },
    { type: "presence", node: "n", version: 1, people: null },
    { type: "presence", node: "n", version: 1, people: [1] },
    { type: "presence", node: "n", version: 1e308, people: [] },
    { type: "presence", node: "n", version: 1, people: ["1", {}] },
    { type: "presence", version: 1, people: [] },
    { type: "spending", node: "n", spent: null },
    { type: "spending", node: "n", spent: [null] },
    { type: "spending", node: "n", spent: [["sends", 1, 0.5, false]] },
    { type: "spending", node: "n", spent: [["sends", 1, null, false]] },
  ];
  for (const notice of made) {
    const line = JSON.stringify(notice);
    assert.throws(() => read(line), line);
  }
});
