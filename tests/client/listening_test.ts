/** What a bot hears: everything of others, in order, once in a run, from its read mark on. */
import assert from "node:assert/strict";
import { Listening } from "../../lib/client/listening.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import type { Page } from "../../lib/client/timeline.ts";
import type { ReadyEvent, ServerEvent } from "../../lib/protocol/events.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import { FakeClock, settle } from "../support/model_link.ts";
import { memberRoom, message } from "../support/model_message.ts";
import { ticks } from "../support/ticks.ts";

const BOT = 1;

/** A room of a server with pages of two messages; `head` is what the engine knows without holes. */
function world(stored: Message[], readSeq = 0, hand?: (message: Message) => void | Promise<void>) {
  const clock = new FakeClock();
  const rooms = new Map<number, MemberRoom>();
  const seen = (seq: number) => rooms.set(1, memberRoom(seq, { readSeq }));
  seen(stored.length);
  const heard: number[] = [];
  const done: number[] = [];
  const failures: unknown[] = [];
  const asked: number[] = [];
  const answers: (() => Promise<Page>)[] = [];
  const listening = new Listening({
    clock: { ...clock, ticks: () => ticks(clock.now), random: () => 0 },
    userId: BOT,
    rooms: () => rooms,
    known: (room) => rooms.get(room)?.head ?? null,
    page(_room, after) {
      asked.push(after);
      const rest = stored.filter(({ seq }) => seq > after);
      const page = { messages: rest.slice(0, 2), head: stored.length, hasBefore: after > 0 };
      return answers.shift()?.() ?? Promise.resolve({ ...page, hasAfter: rest.length > 2 });
    },
    hand: async (told) => {
      await hand?.(told);
      heard.push(told.seq);
    },
    done: (_room, seq) => done.push(seq),
    failed: (error) => failures.push(error),
  });
  const ready = (epoch = "first") => listening.heard({ type: "ready", epoch } as ReadyEvent);
  const live = (told: Message) => {
    stored.push(told);
    listening.heard({ type: "message", room: 1, rev: told.rev, message: told });
  };
  return { clock, rooms, listening, heard, done, failures, asked, answers, seen, ready, live };
}

const messages = (count: number) => Array.from({ length: count }, (_, at) => message(at + 1));

Deno.test("what was said since the read mark is handed on page by page, and marked behind it", async () => {
  const { listening, heard, done, asked } = world(messages(6), 1);
  listening.begin();
  await settle();
  assert.deepEqual(heard, [2, 3, 4, 5, 6]);
  assert.deepEqual(done, heard);
  assert.deepEqual(asked, [1, 3, 5]);
});

Deno.test("one's own messages and deleted ones are passed over, and count as dealt with", async () => {
  const stored = [message(1, { userId: BOT }), message(2, { deletedAt: 9 }), message(3)];
  const { listening, heard, done } = world(stored);
  listening.begin();
  await settle();
  assert.deepEqual(heard, [3]);
  assert.deepEqual(done, [1, 2, 3]);
});

Deno.test("live messages go on where no hole is before them, and wait where one is", async () => {
  const { listening, heard, seen, live, asked } = world([]);
  listening.begin();
  await settle();
  seen(1);
  live(message(1));
  await settle();
  live(message(3)); // the engine knows of a hole, and asks for what is in it
  await settle();
  assert.deepEqual(heard, [1]);
  seen(3);
  const changes = { type: "changes", room: 1, head: 3, more: false, reset: false } as const;
  listening.heard({ ...changes, messages: [message(2), message(3)] } as ServerEvent);
  await settle();
  assert.deepEqual(heard, [1, 2, 3]);
  assert.deepEqual(asked, [], "nothing was asked for: the events told everything");
});

Deno.test("a message that comes twice, or is edited later, is handed on once", async () => {
  const { listening, heard, seen, live } = world([]);
  listening.begin();
  seen(1);
  live(message(1));
  await settle();
  seen(2);
  live(message(1, { rev: 2, text: "edited" }));
  await settle();
  assert.deepEqual(heard, [1]);
});

/** What a frame may hold before a new message, with nothing new in it, once message 1 is known. */
const BEFORE: Record<string, ServerEvent> = {
  "an edit": { type: "message", room: 1, rev: 2, message: message(1, { rev: 2, text: "edited" }) },
  "changes that only edit": {
    ...{ type: "changes", room: 1, head: 2, more: false, reset: false },
    messages: [message(1, { rev: 2, text: "edited" })],
  },
};

for (const [what, before] of Object.entries(BEFORE)) {
  Deno.test(`a new message that comes in one frame behind ${what} is handed on at once`, async () => {
    const { listening, heard, seen, live } = world([]);
    listening.begin();
    seen(1);
    live(message(1));
    await settle();
    seen(2);
    listening.heard(before);
    seen(3);
    live(message(3));
    await settle();
    assert.deepEqual(heard, [1, 3]);
  });

  Deno.test(`a gap that comes in one frame behind ${what} is filled at once`, async () => {
    const stored = [message(1)];
    const { listening, heard, seen } = world(stored);
    listening.begin();
    await settle();
    seen(2);
    listening.heard(before);
    stored.push(message(3));
    seen(3);
    const changes = { type: "changes", room: 1, head: 3, more: false, reset: true } as const;
    listening.heard({ ...changes, messages: [] });
    await settle();
    assert.deepEqual(heard, [1, 3]);
  });
}

Deno.test("after an outage what was missed comes first, then what is live", async () => {
  const stored = messages(2);
  const { heard, listening, seen, ready, live } = world(stored);
  ready();
  await settle();
  stored.push(message(3), message(4));
  seen(4);
  ready();
  seen(5);
  live(message(5));
  await settle();
  assert.deepEqual(heard, [1, 2, 3, 4, 5]);
  listening.stop();
});

Deno.test("one message after the other: the next waits until the listener is done", async () => {
  const gate = Promise.withResolvers<void>();
  const { listening, heard } = world(messages(2), 0, () => gate.promise);
  listening.begin();
  await settle();
  assert.deepEqual(heard, []);
  gate.resolve();
  await settle();
  assert.deepEqual(heard, [1, 2]);
});

Deno.test("a listener that throws ends it, and the message counts as not dealt with", async () => {
  const { listening, done, failures } = world(messages(3), 0, ({ seq }) => {
    if (seq === 2) throw new Error("no idea");
  });
  listening.begin();
  await settle();
  assert.deepEqual(done, [1]);
  assert.match(String(failures), /no idea/);
});

Deno.test("a page that does not come is asked for again, as late as the server wants", async () => {
  const { clock, listening, heard, answers } = world(messages(2));
  answers.push(() => Promise.reject(new RequestError("rate_limited", "Slowly.", [], 5_000)));
  listening.begin();
  await settle();
  await clock.advance(5_000);
  assert.deepEqual(heard, []);
  await clock.advance(1_000);
  assert.deepEqual(heard, [1, 2]);
  assert.equal(clock.pending, 0);
});

Deno.test("a room that is not there any more is not asked for again", async () => {
  const { clock, listening, answers } = world(messages(2));
  answers.push(() => Promise.reject(new RequestError("not_found", "There is no such room.")));
  listening.begin();
  await settle();
  assert.equal(clock.pending, 0);
});

Deno.test("in another history of the database, the server's mark is the one that counts", async () => {
  const stored = messages(3);
  const { heard, ready, rooms } = world(stored);
  ready("first");
  await settle();
  stored.splice(1, 2, message(2, { text: "another" }));
  rooms.set(1, memberRoom(2, { readSeq: 1 }));
  ready("second");
  await settle();
  assert.deepEqual(heard, [1, 2, 3, 2]);
});

Deno.test("what a listener throws after the end ends nothing any more", async () => {
  const working = Promise.withResolvers<void>();
  const { listening, failures } = world(messages(1), 0, () => working.promise);
  listening.begin();
  await settle();
  listening.stop();
  working.reject(new RequestError("offline", "The connection is closed."));
  await settle();
  assert.deepEqual(failures, []);
});
