/** Threads in the running program: two devices, marks, titles, and what is refused. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { ThreadPage, ThreadsPage, TopicsPage } from "../../lib/protocol/threads.ts";
import type { Person } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const reply = ({ api }: Person, room: number, replyTo: number, more: object = {}) =>
  api.post<Message>(`/api/rooms/${room}/messages`, { text: "yes", replyTo, ...more });

const page = ({ api }: Person, id: number, query = "") =>
  api.get<ThreadPage>(`/api/messages/${id}/thread${query}`);

const threads = async ({ api }: Person, room: number) =>
  (await api.get<MemberRoom>(`/api/rooms/${room}`)).membership.threads;

test("a reply is told twice, and what is new reaches all of a follower's devices, once", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const second = await house.connect(ann);
  const root = await onAnn.send(room, "lunch?");
  const first = await reply(bob, room, root.id);
  const state = { type: "thread", room, root: root.id, following: true };
  for (const socket of [onAnn, second]) {
    const own = await socket.event("message", ({ message }) => message.id === first.id);
    const above = await socket.event("message", ({ rev }) => rev === own.rev + 1);
    assert.equal(above.message.id, root.id);
    assert.deepEqual(above.message.replies, {
      count: 1,
      lastSeq: first.seq,
      lastTs: first.ts,
      users: [bob.id],
    });
    const fresh = await socket.event("thread");
    assert.deepEqual(fresh, { ...state, readSeq: root.seq, fresh: true });
    await socket.event("room", (event) => event.room.membership.threads === 1);
  }
  await reply(bob, room, first.id);
  await onBob.settled();
  assert.equal(onBob.all("thread").filter(({ fresh }) => fresh).length, 0);
  assert.equal(await threads(ann, room), 1);
  const later = await house.connect(ann);
  assert.deepEqual(later.ready.threads, [{ room, root: root.id, readSeq: root.seq }]);
  await ann.api.put(`/api/messages/${first.id}/thread/read`, { seq: 9_999 });
  for (const socket of [onAnn, second, later]) {
    await socket.event("thread", ({ fresh }) => !fresh);
    await socket.event("room", (event) => event.room.membership.threads === 0);
  }
  const { following, readSeq, messages } = await page(ann, first.id);
  assert.deepEqual([following, readSeq, messages.length], [true, messages[1]!.seq, 2]);
});

test("what is for a thread alone is no unread message of the room, and needs something to answer", async () => {
  const { ann, bob, room, onAnn } = await house.pair();
  const root = await onAnn.send(room, "lunch?");
  const only = await reply(bob, room, root.id, { threadOnly: true });
  assert.equal(only.threadOnly, true);
  const { unread } = (await ann.api.get<MemberRoom>(`/api/rooms/${room}`)).membership;
  assert.equal(unread, 0);
  const refused = await bob.api.refused("POST", `/api/rooms/${room}/messages`, {
    text: "to whom?",
    threadOnly: true,
  });
  assert.equal(refused.status, 422);
});

test("who follows no longer hears nothing, until they want to again", async () => {
  const { ann, bob, room, onAnn } = await house.pair();
  const root = await onAnn.send(room, "lunch?");
  await reply(bob, room, root.id);
  await ann.api.delete(`/api/messages/${root.id}/follow`);
  await onAnn.event("thread", ({ following }) => !following);
  await reply(bob, room, root.id, { text: "@ann?" });
  assert.equal(await threads(ann, room), 0);
  await ann.api.put(`/api/messages/${root.id}/follow`);
  await reply(bob, room, root.id);
  assert.equal(await threads(ann, room), 1);
  const { threads: list } = await ann.api.get<ThreadsPage>("/api/me/threads?unread=1");
  assert.ok(list.some((item) => item.root.id === root.id && item.unread === 1));
});

test("a title makes a thread a topic of its room, and its root changes once", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const root = await onAnn.send(room, "lunch?");
  const path = `/api/messages/${root.id}/thread`;
  assert.equal((await bob.api.refused("PATCH", path, { title: "Lunch" })).status, 403);
  const give = (title: string | null) => ann.api.request("PATCH", path, { title });
  assert.equal((await give(" Lunch ")).status, 204);
  const told = await onBob.event("message", ({ message }) => message.replies !== null);
  assert.deepEqual([told.rev, told.message.replies?.title], [root.rev + 1, "Lunch"]);
  const { topics } = await bob.api.get<TopicsPage>(`/api/rooms/${room}/topics`);
  assert.deepEqual(topics.map((topic) => topic.root.replies?.title), ["Lunch"]);
  for (const title of ["", "x".repeat(81), 7]) {
    assert.equal((await ann.api.refused("PATCH", path, { title })).status, 422);
  }
  assert.equal((await give(null)).status, 204);
  const { topics: left } = await bob.api.get<TopicsPage>(`/api/rooms/${room}/topics`);
  assert.deepEqual(left, []);
});

test("a thread in a room that one cannot read is not there", async () => {
  const { ann, bob, room, onAnn } = await house.pair();
  const root = await onAnn.send(room, "lunch?");
  await reply(bob, room, root.id);
  await ann.api.delete(`/api/rooms/${room}/members/${bob.id}`);
  const path = `/api/messages/${root.id}`;
  for (
    const [method, to, body] of [
      ["GET", "/thread"],
      ["PATCH", "/thread", { title: "x" }],
      ["PUT", "/thread/read", { seq: 1 }],
      ["PUT", "/follow"],
      ["DELETE", "/follow"],
    ] as const
  ) {
    assert.equal((await bob.api.refused(method, `${path}${to}`, body)).status, 404, to);
  }
  const { threads: list } = await bob.api.get<ThreadsPage>("/api/me/threads");
  assert.ok(list.every((item) => item.root.id !== root.id));
});
