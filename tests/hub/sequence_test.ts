/** What reaches a room's members, in which order, and what has to wait for what. */
import assert from "node:assert/strict";
import { Sequence } from "../../lib/hub/sequence.ts";
import { newNodesCounts } from "../../lib/metrics/counts.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { Changes } from "../../lib/protocol/sync.ts";
import { message } from "../support/model_message.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const ROOM = 7;

/** A sequence over a database of one room, whose reads and looks the test can hold up. */
function setUp() {
  const virtual = new VirtualLoop();
  /** What the database holds, by revision: an edit takes its message's older revision away. */
  const stored = new Map<number, Message>();
  const database = { head: 0, reset: false, fails: false, page: 200 };
  const delivered: number[] = [];
  const skipped: number[] = [];
  const reads: number[] = [];
  let started = 0;
  const looks = { works: true, open: true, pending: [] as (() => void)[], held: false };
  const counts = newNodesCounts();
  const sequence = new Sequence({
    deliver: ({ rev }) => void delivered.push(rev),
    skipped: (room) => void skipped.push(room),
    looks: () => started,
    async look() {
      const number = ++started;
      if (looks.held) await new Promise<void>((resolve) => looks.pending.push(resolve));
      await Promise.resolve();
      if (looks.works) sequence.looked(number);
      return looks.works;
    },
    isOpen: () => looks.open,
    read(_, since): Promise<Changes> {
      reads.push(since);
      if (database.fails) return Promise.reject(new Error("out of reach"));
      const { head, reset, page } = database;
      const found = [...stored.values()].filter(({ rev }) => rev > since)
        .sort((a, b) => a.rev - b.rev);
      const messages = reset ? [] : found.slice(0, page);
      return Promise.resolve({ messages, head, more: messages.length < found.length, reset });
    },
    loop: virtual.loop,
    counts,
  });
  function store(seq: number, rev = seq): Message {
    const before = [...stored.values()].find((each) => each.seq === seq);
    if (before !== undefined) stored.delete(before.rev);
    const made = message(seq, { room: ROOM, rev });
    stored.set(rev, made);
    database.head = Math.max(database.head, rev);
    return made;
  }
  function hear(rev: number, access = 0): void {
    sequence.offer({ type: "message", room: ROOM, rev, access, message: message(rev) });
  }
  const beginLook = () => ++started;
  return {
    ...{ virtual, sequence, database, delivered, skipped, reads, looks, counts },
    ...{ store, hear, beginLook },
  };
}

Deno.test("messages of several nodes come in the order of their revisions, each once", () => {
  const { sequence, delivered, hear, reads } = setUp();
  sequence.begin(ROOM, 10, 0);
  for (const rev of [12, 11, 11, 9, 14, 12, 15, 13, 14]) hear(rev);
  assert.deepEqual(delivered, [11, 12, 13, 14, 15]);
  assert.deepEqual(reads, []);
  assert.equal(sequence.held, 0);
  assert.equal(sequence.headOf(ROOM), 15);
});

Deno.test("it begins at the head that was read, not at the first notice heard", async () => {
  const { virtual, sequence, delivered, hear, store } = setUp();
  for (let seq = 1; seq <= 8; seq++) store(seq);
  sequence.begin(ROOM, 5, 0);
  assert.equal(sequence.begin(ROOM, 8, 0), false, "others are here: it stays where they are");
  hear(8);
  await virtual.pass(99);
  assert.deepEqual(delivered, [], "6 and 7 may be on their way");
  await virtual.pass(1);
  assert.deepEqual(delivered, [6, 7, 8]);
});

Deno.test("a missing one that comes in time costs no read; the wait then begins anew", async () => {
  const { virtual, sequence, delivered, hear, reads } = setUp();
  sequence.begin(ROOM, 0, 0);
  hear(2);
  await virtual.pass(60);
  hear(1);
  hear(4);
  await virtual.pass(60);
  assert.deepEqual(reads, [], "3 has been missing for 60 ms only");
  hear(3);
  await virtual.pass(1_000);
  assert.deepEqual(reads, []);
  assert.deepEqual(delivered, [1, 2, 3, 4]);
});

Deno.test("revisions that later edits replaced leave holes, in order", async () => {
  const { virtual, sequence, delivered, hear, store } = setUp();
  for (let seq = 1; seq <= 5; seq++) store(seq);
  store(2, 6);
  store(4, 7);
  sequence.begin(ROOM, 0, 0);
  hear(4);
  await virtual.pass(100);
  assert.deepEqual(delivered, [1, 3, 4, 5, 6, 7], "4 was heard before it was replaced");
  store(8);
  hear(8);
  assert.deepEqual(delivered.at(-1), 8, "and it goes on without waiting");
});

Deno.test("a bus that says nothing is made good by the sweep", async () => {
  const { virtual, sequence, delivered, store, database } = setUp();
  sequence.begin(ROOM, 0, 0);
  for (let seq = 1; seq <= 450; seq++) store(seq);
  sequence.reaches(ROOM, 450);
  await virtual.pass(100);
  assert.deepEqual(delivered, Array.from({ length: 450 }, (_, index) => index + 1), "in pages");
  database.fails = true;
  store(451);
  sequence.reaches(ROOM, 451);
  await virtual.pass(1_000);
  assert.equal(delivered.length, 450);
  database.fails = false;
  sequence.retry();
  await virtual.pass(100);
  assert.equal(delivered.length, 451, "what could not be read is read with the next sweep");
});

Deno.test("too many that wait are not kept but read", async () => {
  const { virtual, sequence, delivered, hear, store } = setUp();
  sequence.begin(ROOM, 0, 0);
  for (let seq = 1; seq <= 800; seq++) store(seq);
  for (let rev = 2; rev <= 800; rev++) hear(rev);
  assert.equal(sequence.held, 512);
  await virtual.pass(300);
  assert.deepEqual(delivered, Array.from({ length: 800 }, (_, index) => index + 1));
});

Deno.test("a room too far behind goes on at its end, and its members are told to ask", async () => {
  const { virtual, sequence, delivered, skipped, database, hear } = setUp();
  sequence.begin(ROOM, 0, 0);
  database.head = 60_000;
  database.reset = true;
  sequence.reaches(ROOM, 60_000);
  await virtual.pass(100);
  assert.deepEqual(skipped, [ROOM]);
  hear(60_001);
  assert.deepEqual(delivered, [60_001]);
});

Deno.test("a message of a later membership waits until the events up to it are applied", async () => {
  const { virtual, sequence, delivered, hear, looks } = setUp();
  sequence.begin(ROOM, 0, 3);
  looks.works = false;
  hear(1, 3);
  hear(2, 4);
  hear(3, 4);
  await virtual.pass(10);
  assert.deepEqual(delivered, [1]);
  sequence.learn(ROOM, 4);
  assert.deepEqual(delivered, [1, 2, 3], "an event brought the room's access up to it");
});

Deno.test("without such an event, a look that began after the message came is enough", async () => {
  const { virtual, sequence, delivered, hear, looks } = setUp();
  sequence.begin(ROOM, 0, 3);
  looks.held = true;
  hear(1, 4);
  hear(2, 5);
  await virtual.pass(10);
  assert.deepEqual(delivered, []);
  looks.held = false;
  for (const go of looks.pending) go();
  await virtual.pass(10);
  assert.deepEqual(delivered, [1, 2]);
});

Deno.test("a look that had begun before the message came says nothing about it", async () => {
  const { virtual, sequence, delivered, hear, looks } = setUp();
  sequence.begin(ROOM, 0, 0);
  looks.held = true;
  sequence.hinted();
  hear(1, 0); // waits for the hint's look
  looks.pending.length = 0;
  sequence.looked(0);
  assert.deepEqual(delivered, [], "the look asked for by the other node is not over");
  sequence.looked(1);
  await virtual.pass(1);
  assert.deepEqual(delivered, [1]);
});

Deno.test("other nodes that write events without a pause hold no message for ever", () => {
  const { sequence, delivered, hear, beginLook } = setUp();
  sequence.begin(ROOM, 0, 0);
  sequence.hinted();
  hear(1);
  for (let count = 1; count <= 3; count++) {
    const look = beginLook();
    sequence.hinted(); // this look may have come too soon for it: there will be another
    hear(count + 1);
    sequence.looked(look);
    assert.equal(delivered.at(-1), count, "what came before the look; what came later waits");
  }
});

Deno.test("while the gate is shut nothing goes out, and everything when it opens, in order", async () => {
  const { virtual, sequence, delivered, hear, looks, reads } = setUp();
  sequence.begin(ROOM, 0, 0);
  looks.open = false;
  for (const rev of [2, 1, 3]) hear(rev);
  await virtual.pass(1_000);
  assert.deepEqual([delivered, reads], [[], []]);
  looks.open = true;
  sequence.release();
  assert.deepEqual(delivered, [1, 2, 3]);
});

Deno.test("nothing is kept of a room that nobody is in any more", async () => {
  const { virtual, sequence, delivered, hear, store } = setUp();
  sequence.begin(ROOM, 0, 0);
  store(1);
  store(2);
  hear(2);
  const reached = sequence.reached(ROOM, 9);
  sequence.end(ROOM);
  await reached;
  await virtual.pass(1_000);
  hear(1);
  assert.deepEqual([delivered, sequence.held, sequence.headOf(ROOM)], [[], 0, null]);
  sequence.begin(ROOM, 2, 0);
  hear(3);
  assert.deepEqual(delivered, [3]);
});

Deno.test("an event about a room can wait for the messages before it, but not for ever", async () => {
  const { virtual, sequence, hear, database } = setUp();
  sequence.begin(ROOM, 0, 0);
  database.fails = true;
  const log: string[] = [];
  void sequence.reached(ROOM, 0).then(() => log.push("at once"));
  void sequence.reached(ROOM, 2).then(() => log.push("with the second"));
  void sequence.reached(ROOM, 9).then(() => log.push("too late"));
  await virtual.pass(10);
  hear(1);
  await virtual.pass(10);
  assert.deepEqual(log, ["at once"]);
  hear(2);
  await virtual.pass(10);
  assert.deepEqual(log, ["at once", "with the second"]);
  await virtual.pass(1_000);
  assert.deepEqual(log, ["at once", "with the second", "too late"]);
});

Deno.test("what waits, what waits for the members and what is read instead is counted", async () => {
  const { sequence, virtual, counts, store, hear, delivered } = setUp();
  sequence.begin(ROOM, 0, 0);
  store(1);
  store(2);
  hear(2);
  assert.equal(counts.noticesHeld, 1);
  await virtual.pass(200);
  assert.deepEqual(delivered, [1, 2]);
  assert.deepEqual([counts.gapsHealed, counts.messagesHealed], [1, 1]);
  assert.equal(counts.accessHolds, 0);
  hear(3, 1);
  sequence.retry();
  assert.deepEqual([counts.noticesHeld, counts.accessHolds], [2, 1], "once for each message");
  sequence.learn(ROOM, 1);
  assert.deepEqual(delivered, [1, 2, 3]);
});
