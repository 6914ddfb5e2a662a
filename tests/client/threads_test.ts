/** Threads as the engine keeps them: what is loaded of an open one, what is new, what is written. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Api } from "../../lib/client/api.ts";
import type { Entry } from "../../lib/client/outbox_entries.ts";
import type { Outbox } from "../../lib/client/outbox.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { createState } from "../../lib/client/state.ts";
import { Threads } from "../../lib/client/threads.ts";
import type { LiveThread } from "../../lib/client/threads_model.ts";
import { flowOf, historyOf } from "../../lib/client/timeline.ts";
import { Uploads } from "../../lib/client/uploads.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import { memberRoom, message } from "../support/model_message.ts";

const ME = 1;
const ROOT = 10;

const reply = (seq: number, more: Partial<Message> = {}) =>
  message(seq, { thread: ROOT, replyTo: ROOT, ...more });

/** A thread on a server, read page by page as the server gives it. */
function world(replies: Message[], { readSeq = ROOT, following = true } = {}) {
  const server = {
    root: message(ROOT, { thread: null, replies: null }),
    replies,
    readSeq,
    refuses: null as RequestError | null,
    asked: [] as string[],
    marks: [] as number[],
    /** Held back until it is called. */
    hold: null as Promise<void> | null,
  };
  const api = (async (method: string, path: string, body?: { seq: number }) => {
    server.asked.push(`${method} ${path}`);
    if (method === "PUT") return void server.marks.push(body!.seq);
    const page = pageOf(server, new URL(path, "http://confab").searchParams);
    if (server.hold) await server.hold;
    if (server.refuses) throw server.refuses;
    return { ...page, root: server.root, head: 1_000, following, readSeq: server.readSeq };
  }) as Api;
  const entries = signal<readonly Entry[]>([]);
  const written: unknown[][] = [];
  const outbox = {
    entries,
    add: (...what: unknown[]) => void written.push(what),
  } as unknown as Outbox;
  const timers: (() => void)[] = [];
  const state = createState({
    epoch: null,
    me: { id: ME, username: "ann", displayName: "Ann" } as never,
    sessionId: 1,
    instance: "test",
    rooms: [memberRoom(1_000)],
    hidden: { rooms: 0, unread: false },
    users: [],
    saved: [],
    room: 1,
    page: null,
    highlightSeq: null,
    home: false,
    limits: LIMITS,
    workspace: STANDARD_HERE,
    language: "en",
  } as never);
  const clock = {
    setTimeout: (run: () => void) => timers.push(run),
    clearTimeout: () => {},
    now: () => 0,
    ticks: () => 0,
    random: () => 0,
  } as never;
  const uploads = new Uploads();
  const threads = new Threads({ clock, state, api, outbox, uploads, onMessages: () => {} }, []);
  return { server, threads, state, entries, written, timers };
}

function pageOf({ replies }: { replies: Message[] }, query: URLSearchParams) {
  const limit = 50;
  const around = query.get("around");
  const at = (seq: number) => replies.findIndex((one) => one.seq >= seq);
  const [from, to] = query.has("last")
    ? [replies.length - limit, replies.length]
    : query.has("before")
    ? [at(Number(query.get("before"))) - limit, at(Number(query.get("before")))]
    : query.has("after")
    ? [at(Number(query.get("after")) + 1), at(Number(query.get("after")) + 1) + limit]
    : [at(Number(around)) - limit / 2, at(Number(around)) + limit / 2];
  const messages = replies.slice(Math.max(0, from), to);
  const last = messages.at(-1);
  return {
    messages,
    hasBefore: messages[0] !== undefined && messages[0] !== replies[0],
    hasAfter: last !== undefined && last !== replies.at(-1),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

const seqs = (thread: LiveThread) => thread.timeline.value?.messages.map(({ seq }) => seq);

const range = (count: number) => Array.from({ length: count }, (_, at) => reply(20 + at));

Deno.test("an open thread is its first message and the replies, and grows with what comes", async () => {
  const { threads } = world([reply(20), reply(21)]);
  const thread = await threads.open(1, ROOT);
  await settled();
  assert.deepEqual(seqs(thread), [ROOT, 20, 21]);
  threads.heard([reply(30), message(31), message(32, { thread: 99 })]);
  assert.deepEqual(seqs(thread), [ROOT, 20, 21, 30]);
  threads.heard([reply(20, { rev: 40, text: "changed" })]);
  assert.equal(thread.timeline.value?.messages[1]?.text, "changed");
  threads.heard([message(ROOT, { rev: 41, text: "the question", thread: null })]);
  assert.equal(thread.root.value?.text, "the question");
  thread.actions.close();
  threads.heard([reply(50)]);
  assert.deepEqual(seqs(thread), [ROOT, 20, 21, 30], "what is closed is not kept up to date");
});

Deno.test("what comes while a page is on its way is not lost", async () => {
  const { threads, server } = world([reply(20)]);
  let release = () => {};
  server.hold = new Promise((resolve) => release = resolve);
  const thread = await threads.open(1, ROOT);
  threads.heard([reply(21), reply(20, { rev: 22, text: "changed" })]);
  release();
  await settled();
  assert.deepEqual(seqs(thread), [ROOT, 20, 21]);
  assert.equal(thread.timeline.value?.messages[1]?.text, "changed");
});

Deno.test("of a long thread the end is loaded, and the rest as one scrolls", async () => {
  const { threads } = world(range(120));
  const thread = await threads.open(1, ROOT);
  await settled();
  assert.equal(seqs(thread)?.length, 50);
  assert.equal(thread.timeline.value?.hasBefore, true);
  await thread.actions.loadBefore();
  await thread.actions.loadBefore();
  assert.deepEqual(seqs(thread), [ROOT, ...range(120).map(({ seq }) => seq)]);
  assert.equal(thread.timeline.value?.hasBefore, false);
});

Deno.test("a message far up is shown with what is around it, and from there one gets to the end", async () => {
  const { threads } = world(range(200));
  const thread = await threads.open(1, ROOT, 90);
  await settled();
  assert.deepEqual(thread.landing.value, { kind: "message", seq: 90 });
  assert.equal(thread.highlightSeq.value, 90);
  assert.ok(seqs(thread)?.includes(90));
  assert.equal(thread.timeline.value?.hasAfter, true);
  threads.heard([reply(900)]);
  assert.ok(!seqs(thread)?.includes(900), "what does not join on waits for its page");
  await thread.actions.jumpToNewest();
  assert.equal(seqs(thread)?.at(-1), 219);
  assert.equal(thread.highlightSeq.value, null);
});

Deno.test("a link to what is not in the thread says so", async () => {
  const { threads } = world(range(3));
  const thread = await threads.open(1, ROOT, 500);
  await settled();
  assert.equal(thread.missing.value, true);
});

Deno.test("after a lost connection an open thread is loaded again, without a gap", async () => {
  const { threads, server } = world(range(60));
  const thread = await threads.open(1, ROOT);
  await settled();
  server.replies = [...server.replies, reply(200), reply(201)];
  threads.ready({ threads: [] } as never);
  await settled();
  assert.equal(seqs(thread)?.at(-1), 201);
  const first = seqs(thread)![0]!;
  // More than a page was missed: what is loaded would not join on.
  server.replies = [...server.replies, ...Array.from({ length: 80 }, (_, at) => reply(300 + at))];
  threads.ready({ threads: [] } as never);
  await settled();
  assert.equal(seqs(thread)?.at(-1), 379);
  assert.ok(seqs(thread)![0]! > first);
  assert.equal(thread.timeline.value?.hasBefore, true);
});

Deno.test("what others wrote after the mark is unread, also what is for the thread alone", async () => {
  const own = reply(22, { userId: ME });
  const { threads, server, timers } = world([
    reply(20),
    reply(21, { threadOnly: true }),
    own,
    reply(23),
  ], { readSeq: 20 });
  const thread = await threads.open(1, ROOT);
  await settled();
  assert.deepEqual(thread.mark.value, { following: true, readSeq: 20, unread: 2 });
  assert.equal(thread.dividerSeq.value, 20);
  thread.actions.markRead(21);
  assert.deepEqual(thread.mark.value, { following: true, readSeq: 21, unread: 1 });
  thread.actions.markAllRead();
  assert.equal(thread.mark.value.unread, 0);
  for (const run of timers.splice(0)) run();
  await settled();
  assert.deepEqual(server.marks, [23], "the furthest alone is told");
});

Deno.test("a mark that moved on another device moves here, and never back", async () => {
  const { threads } = world([reply(20), reply(21)], { readSeq: ROOT });
  const thread = await threads.open(1, ROOT);
  await settled();
  const event = { type: "thread", room: 1, root: ROOT, fresh: false } as const;
  threads.apply({ ...event, following: false, readSeq: 21 });
  assert.deepEqual(thread.mark.value, { following: false, readSeq: 21, unread: 0 });
  threads.apply({ ...event, following: true, readSeq: 20 });
  assert.deepEqual(thread.mark.value, { following: true, readSeq: 21, unread: 0 });
});

Deno.test("threads with something new are known, and no longer once they are read", async () => {
  const { threads } = world([reply(20)]);
  threads.ready({ threads: [{ room: 1, root: ROOT, readSeq: ROOT }] } as never);
  assert.deepEqual([...threads.fresh.value.keys()], [ROOT]);
  const thread = await threads.open(1, ROOT);
  await settled();
  assert.equal(thread.landing.value.kind, "unread");
  thread.actions.markRead(20);
  assert.deepEqual([...threads.fresh.value.keys()], []);
  threads.apply({
    type: "thread",
    room: 1,
    root: ROOT,
    following: true,
    readSeq: 20,
    fresh: true,
  });
  assert.deepEqual([...threads.fresh.value.keys()], [ROOT]);
});

Deno.test("what is written in a thread answers its first message, and says whom it is for", async () => {
  const { threads, written } = world([reply(20)]);
  const thread = await threads.open(1, ROOT);
  assert.equal(thread.actions.send("  hello ", null, false), true);
  assert.equal(thread.actions.send("to you", 20, true), true);
  assert.equal(thread.actions.send("   ", null, true), false);
  assert.deepEqual(written, [
    [1, "hello", ROOT, undefined, { thread: ROOT, threadOnly: false }],
    [1, "to you", 20, undefined, { thread: ROOT, threadOnly: true }],
  ]);
});

Deno.test("a thread that is gone says so, and one that did not load is tried again", async () => {
  const { threads, server } = world([reply(20)]);
  server.refuses = new RequestError("not_found", "gone");
  const thread = await threads.open(1, ROOT);
  await settled();
  assert.equal(thread.failed.value, "not_found");
  server.refuses = null;
  thread.actions.retry();
  await settled();
  assert.equal(thread.failed.value, null);
  assert.deepEqual(seqs(thread), [ROOT, 20]);
});

Deno.test("the room leaves out what is for a thread alone, and tells which thread a link means", () => {
  const { state, threads } = world([]);
  const only = reply(30, { threadOnly: true });
  const page = { messages: [message(ROOT), reply(20), only], head: 40 };
  const history = historyOf({ ...page, hasBefore: false, hasAfter: false });
  assert.deepEqual(flowOf(history.timeline)?.messages.map(({ seq }) => seq), [ROOT, 20]);
  const plain = historyOf({ messages: [message(1)], head: 1, hasBefore: false, hasAfter: false });
  assert.equal(flowOf(plain.timeline), plain.timeline, "where there is none nothing is copied");
  state.histories.value = new Map([[1, history]]);
  state.landing.value = { kind: "message", seq: 30 };
  assert.deepEqual(threads.linked.value, { room: 1, root: ROOT, seq: 30 });
  state.landing.value = { kind: "message", seq: ROOT };
  assert.equal(threads.linked.value, null);
});

Deno.test("what was read in the room is not new in its thread, what is for the thread alone is", async () => {
  const { state, threads, server, timers } = world([]);
  const fresh = { type: "thread", room: 1, root: ROOT, following: true, fresh: true } as const;
  const load = (...messages: Message[]) => {
    const page = { messages, head: 40, hasBefore: false, hasAfter: false };
    state.histories.value = new Map([[1, historyOf(page)]]);
  };
  const known = () => [...threads.fresh.value.values()].map(({ readSeq }) => readSeq);
  load(message(ROOT), reply(20), reply(21, { userId: ME }), reply(22), reply(23));
  threads.apply({ ...fresh, readSeq: ROOT });
  await settled();
  assert.deepEqual(known(), [ROOT], "nothing of it was read");
  threads.readInRoom(1, 22);
  await settled();
  assert.deepEqual(known(), [22]);
  threads.readInRoom(1, 23);
  await settled();
  assert.deepEqual(known(), []);
  load(message(ROOT), reply(24), reply(25, { threadOnly: true }), reply(26));
  threads.apply({ ...fresh, readSeq: 23 });
  threads.readInRoom(1, 40);
  await settled();
  assert.deepEqual(known(), [24], "the room does not show what comes next");
  for (const run of timers.splice(0)) run();
  await settled();
  assert.deepEqual(server.marks, [24]);
  // The message may have been read before the news of the thread comes.
  state.rooms.value = new Map([[1, memberRoom(40, { readSeq: 40 })]]);
  load(message(ROOT), reply(30));
  threads.apply({ ...fresh, readSeq: ROOT });
  await settled();
  assert.deepEqual(known(), []);
});
