/** Reading: pages of history, marks and counts, what changed since, and staying level live. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import type { Changes } from "../../lib/protocol/sync.ts";
import {
  changesSince,
  type ChatSocket,
  fetchRoom,
  type HistoryPage,
  type MemberRoom,
  type Person,
} from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

async function filledRoom(count: number, ...others: Person[]) {
  const ann = await house.person();
  const room = (await house.room(ann, ...others)).id;
  const socket = await house.connect(ann);
  await Promise.all(range(1, count).map((at) => socket.send(room, `message ${at}`)));
  return { ann, room, socket };
}

test("history comes in pages, ascending, and says whether there is more on either side", async () => {
  const { ann, room } = await filledRoom(120);
  const page = async (query: string) => {
    const { messages, ...rest } = await ann.api.get<HistoryPage>(
      `/api/rooms/${room}/messages${query}`,
    );
    return { seqs: messages.map(({ seq }) => seq), ...rest };
  };
  const whole = { head: 120, hasBefore: true, hasAfter: true };
  const cases: [string, Awaited<ReturnType<typeof page>>][] = [
    ["", { ...whole, seqs: range(71, 120), hasAfter: false }],
    ["?limit=100", { ...whole, seqs: range(21, 120), hasAfter: false }],
    ["?before=71&limit=50", { ...whole, seqs: range(21, 70) }],
    ["?before=21&limit=50", { ...whole, seqs: range(1, 20), hasBefore: false }],
    ["?before=21&limit=20", { ...whole, seqs: range(1, 20), hasBefore: false }],
    ["?after=0&limit=10", { ...whole, seqs: range(1, 10), hasBefore: false }],
    ["?after=50&limit=10", { ...whole, seqs: range(51, 60) }],
    ["?after=110&limit=10", { ...whole, seqs: range(111, 120), hasAfter: false }],
    ["?after=120", { ...whole, seqs: [], hasAfter: false }],
    ["?before=1", { ...whole, seqs: [], hasBefore: false }],
  ];
  for (const [query, expected] of cases) assert.deepEqual(await page(query), expected, query);

  const around = await page("?around=60&limit=11");
  assert.ok(around.seqs.includes(60));
  assert.ok(around.seqs.length <= 11);
  assert.ok(around.seqs.includes(57) && around.seqs.includes(63), "it is in the middle");
  assert.deepEqual(around.seqs, range(around.seqs[0]!, around.seqs.at(-1)!));
  assert.ok(around.hasBefore && around.hasAfter);
  assert.equal((await page("?around=1&limit=10")).hasBefore, false);
  assert.equal((await page("?around=120&limit=10")).hasAfter, false);
});

test("a seq that an edit left out of the numbering is no hole in the pages", async () => {
  const { ann, room, socket } = await filledRoom(3);
  const { messages } = await fetchRoom(ann.api, room);
  await socket.command({ type: "edit", message: messages[0]!.id, text: "edited" });
  const sent = await socket.send(room, "after the edit");
  assert.equal(sent.seq, 5, "the edit was change 4");
  const page = await ann.api.get<HistoryPage>(`/api/rooms/${room}/messages?after=3`);
  assert.deepEqual(page.messages.map(({ seq }) => seq), [5]);
  assert.equal(page.hasAfter, false);
  const around = await ann.api.get<HistoryPage>(`/api/rooms/${room}/messages?around=4`);
  assert.deepEqual(around.messages.map(({ seq }) => seq), [1, 2, 3, 5]);
});

test("a query that does not fit is refused with its field", async () => {
  const { ann, room } = await filledRoom(1);
  const queries = [
    "messages?limit=0",
    "messages?limit=101",
    "messages?limit=ten",
    "messages?before=-1",
    "messages?before=1.5",
    "messages?before=1&after=1",
    "messages?before=1&before=2",
    "messages?unknown=1",
    "changes",
    "changes?since=x",
    "changes?since=-1",
    "changes?since=1e3",
  ];
  for (const query of queries) {
    const problem = await ann.api.refused("GET", `/api/rooms/${room}/${query}`);
    assert.equal(problem.status, 422, query);
    assert.equal(problem.code, "invalid");
  }
});

test("unread and mentions are counted until they are read, the mark never moves back", async () => {
  const bob = await house.person();
  const { ann, room, socket } = await filledRoom(3, bob);
  const membership = async ({ api }: Person) =>
    (await api.get<MemberRoom>(`/api/rooms/${room}`)).membership;
  const { id } = await socket.send(room, `look, @${bob.username.toUpperCase()}.`);
  const event = await socket.event("message", ({ message }) => message.id === id);
  assert.deepEqual(event.message.mentions, [bob.id]);
  assert.deepEqual(
    [
      (await membership(bob)).unread,
      (await membership(bob)).mentions,
      (await membership(bob)).readSeq,
    ],
    [4, 1, 0],
  );
  assert.equal((await membership(ann)).unread, 0, "one's own are read");

  const [phone, laptop] = [await house.connect(bob), await house.connect(bob)];
  assert.equal(phone.ready.rooms.find((each) => each.id === room)?.membership.unread, 4);
  await phone.command({ type: "read", room, seq: 3 });
  const moved = await laptop.event("read", (event) => event.room === room);
  assert.equal(moved.seq, 3);
  const after = await membership(bob);
  assert.deepEqual([after.unread, after.mentions, after.readSeq], [1, 1, 3]);
  await bob.api.put(`/api/rooms/${room}/read`, { seq: 1 });
  assert.equal((await membership(bob)).readSeq, 3);
  await bob.api.put(`/api/rooms/${room}/read`, { seq: 4 });
  const read = await membership(bob);
  assert.deepEqual([read.unread, read.mentions, read.readSeq], [0, 0, 4]);
  await phone.event("read", (event) => event.seq === 4);
  assert.deepEqual(socket.all("read").filter(({ seq }) => seq < 4), [], "a mark is one's own");
});

test("only members are mentioned, by a whole name, and not in an address", async () => {
  const [bob, carl] = await house.people(2);
  const { ann, room, socket } = await filledRoom(0, bob!);
  const texts: [string, number[]][] = [
    [`@${bob!.username} and @${ann.username}`, [bob!.id, ann.id]],
    [`@${carl!.username}`, []],
    [`mail@${bob!.username}`, []],
    [`@${bob!.username}x`, []],
    [`(@${bob!.username}, @${bob!.username})`, [bob!.id]],
  ];
  for (const [text, expected] of texts) {
    const { id } = await socket.send(room, text);
    const { message } = await socket.event("message", (event) => event.message.id === id);
    assert.deepEqual(message.mentions.toSorted(), expected.toSorted(), text);
  }
});

test("changes gives everything after a revision in its latest state, by revision", async () => {
  const { ann, room, socket } = await filledRoom(5);
  const { messages } = await fetchRoom(ann.api, room);
  await socket.command({ type: "edit", message: messages[0]!.id, text: "edited" });
  await socket.command({ type: "delete", message: messages[3]!.id });
  await socket.command({ type: "react", message: messages[0]!.id, emoji: "👍", on: true });
  const since = async (rev: number) => {
    const { messages, ...rest } = await changesSince(ann.api, room, rev);
    return { revs: messages.map(({ seq, rev }) => [seq, rev]), ...rest };
  };
  const rest = { head: 8, more: false, reset: false };
  assert.deepEqual(await since(0), { ...rest, revs: [[2, 2], [3, 3], [5, 5], [4, 7], [1, 8]] });
  assert.deepEqual(await since(5), { ...rest, revs: [[4, 7], [1, 8]] });
  assert.deepEqual(await since(8), { ...rest, revs: [] });
  const changed = await changesSince(ann.api, room, 6);
  assert.equal(changed.messages[0]!.text, "");
  assert.equal(changed.messages[1]!.text, "edited");
  assert.equal((await changesSince(ann.api, room, 99)).reset, true, "ahead of the server");
});

test("a client far behind gets changes in portions, and misses none", async () => {
  const { ann, room, socket } = await filledRoom(450);
  const all: Message[] = [];
  let rev = 0;
  let answers = 0;
  for (let more = true; more; answers++) {
    const changes: Changes = await changesSince(ann.api, room, rev);
    assert.ok(changes.messages.length > 0 && !changes.reset);
    all.push(...changes.messages);
    rev = changes.messages.at(-1)!.rev;
    more = changes.more;
  }
  assert.ok(answers > 1);
  assert.deepEqual(all.map(({ rev }) => rev), range(1, 450));

  const from = socket.log.length;
  await socket.command({ type: "sync", rooms: { [room]: 0 } });
  const event = await socket.event("changes", () => true, from);
  const { type: _type, room: _room, ...overSocket } = event;
  assert.deepEqual(overSocket, await changesSince(ann.api, room, 0));
});

test("sync answers with its ack, then one changes event for each room", async () => {
  const { ann, room, socket } = await filledRoom(2);
  const quiet = (await house.room(ann)).id;
  const from = socket.log.length;
  const ack = await socket.command({ type: "sync", rooms: { [room]: 1, [quiet]: 0, "1": 0 } });
  await socket.settled();
  const answers = socket.log.slice(from).filter((event) => event.type === "changes");
  assert.deepEqual(answers.map((event) => event.room).sort(), [1, room, quiet].sort());
  const first = answers.find((event) => event.room === room)!;
  assert.deepEqual(first.messages.map(({ seq }) => seq), [2]);
  assert.deepEqual([first.head, first.more, first.reset], [2, false, false]);
  assert.ok(socket.log.indexOf(ack) < socket.log.indexOf(first));
});

test("a sync may name 500 rooms and not more", async () => {
  const socket = await house.connect(await house.person());
  const rooms = (count: number) =>
    Object.fromEntries(range(1, count).map((at) => [String(10_000 + at), 0]));
  await socket.command({ type: "sync", rooms: rooms(500) });
  await assert.rejects(socket.command({ type: "sync", rooms: rooms(501) }), { code: "invalid" });
});

/** Follows a room by the rule of the protocol alone: what is `head + 1` counts, older does not. */
function follow(socket: ChatSocket, room: number) {
  let head = socket.ready.rooms.find(({ id }) => id === room)!.head;
  const messages = new Map<number, Message>();
  const gaps: number[] = [];
  for (const event of socket.log) {
    if (event.type === "message" && event.room === room) {
      if (event.rev === head + 1) messages.set(event.message.id, event.message);
      else if (event.rev > head) gaps.push(event.rev);
      head = Math.max(head, event.rev);
    } else if (event.type === "changes" && event.room === room) {
      for (const message of event.messages) messages.set(message.id, message);
      head = Math.max(head, event.head);
    }
  }
  return { head, gaps, messages: [...messages.values()].sort((a, b) => a.seq - b.seq) };
}

test("who applies every head + 1 and syncs in the middle of it ends with what a fetch gives", async () => {
  const bob = await house.person();
  const { ann, room, socket } = await filledRoom(10, bob);
  const { messages } = await fetchRoom(ann.api, room);
  const talk = range(1, 100).flatMap((at) => [
    socket.send(room, `talk ${at}`),
    socket.command({ type: "edit", message: messages[at % 10]!.id, text: `edit ${at}` }),
    socket.command({
      type: "react",
      message: messages[at % 10]!.id,
      emoji: "👍",
      on: at % 20 < 10,
    }),
  ]);
  // Come in while it goes on, as reconnecting clients do: subscribe, then read.
  const comers = await Promise.all(
    range(1, 8).map(async () => {
      const comer = await house.connect(bob);
      await comer.command({ type: "sync", rooms: { [room]: 0 } });
      return comer;
    }),
  );
  await Promise.all(talk);
  const fetched = await fetchRoom(bob.api, room);
  for (const comer of comers) {
    await comer.until(() => follow(comer, room).head === fetched.head, `head ${fetched.head}`);
    const followed = follow(comer, room);
    assert.deepEqual(followed.gaps, []);
    const known = new Map(followed.messages.map((message) => [message.id, message]));
    // One `changes` gives 200 at most; what it gave and what came live must be current.
    for (const message of fetched.messages) {
      assert.deepEqual(known.get(message.id), message);
    }
  }
});

test("a room event never overtakes the messages that its head counts", async () => {
  const bob = await house.person();
  const { ann, room, socket } = await filledRoom(1, bob);
  const watching = await house.connect(bob);
  const sends: Promise<unknown>[] = [];
  for (const round of range(1, 15)) {
    const topic = { topic: `topic ${round}` };
    const renamed = ann.api.patch(`/api/rooms/${room}`, topic);
    // Talk goes on, so that the change meets messages that are waiting to be sent.
    const talk = async () => {
      for (const at of range(1, 40)) {
        sends.push(socket.send(room, `round ${round} ${at}`));
        if (at % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    };
    await Promise.all([renamed, talk()]);
  }
  await Promise.all(sends);
  await watching.event("room", (event) => event.room.topic === "topic 15");
  const { head } = await fetchRoom(ann.api, room);
  await watching.event("message", ({ rev }) => rev === head);
  let seen = 1;
  for (const event of watching.log) {
    if (event.type === "message" && event.room === room) {
      assert.equal(event.rev, seen + 1);
      seen = event.rev;
    } else if (event.type === "room" && event.room.id === room) {
      assert.ok(event.room.head <= seen, `room told of head ${event.room.head} after ${seen}`);
    }
  }
});
