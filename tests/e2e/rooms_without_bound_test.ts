/**
 * Whoever is brought into ten thousand rooms: what they begin with has an end, everything that
 * happens reaches them all the same, and nobody else waits for it.
 */
import assert from "node:assert/strict";
import { KEPT, LISTED } from "../../lib/protocol/limits.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import { addCrowd, addDirectRooms, type CrowdMember } from "../support/crowd.ts";
import type { Person } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const BOUND = 256 * 1024;
const ROOMS = 11_000;
/** Everybody has names as long as they may be. */
const LONG_NAME = "🏔".repeat(60);

let crowd: CrowdMember[] | null = null;

/** The same strangers for every test; their names are in use only once. */
async function strangers(count: number): Promise<CrowdMember[]> {
  crowd ??= await addCrowd(house.program.dataDir, ROOMS, (at) => `${LONG_NAME} ${at}`);
  return crowd.slice(0, count);
}

async function weigh(person: Person, path: string): Promise<{ bytes: number; text: string }> {
  const response = await fetch(`${house.url}${path}`, {
    headers: { authorization: `Bearer ${person.token}`, "accept-encoding": "identity" },
  });
  assert.equal(response.status, 200, path);
  const bytes = await response.bytes();
  return { bytes: bytes.length, text: new TextDecoder().decode(bytes) };
}

interface Listed {
  rooms: MemberRoom[];
  hidden: { rooms: number; unread: boolean };
}

test("11,000 direct rooms make neither page, list nor ready longer than 256 KB", async () => {
  const [victim, other] = await house.people(2);
  const mine = await house.room(victim!, other!);
  const rooms = await addDirectRooms(house.program.dataDir, victim!.id, await strangers(ROOMS));

  const acks = ackTimes(other!, mine.id);
  for (const path of ["/", `/rooms/${mine.id}`, `/rooms/${rooms[0]}`, "/api/rooms"]) {
    const { bytes } = await weigh(victim!, path);
    assert(bytes < BOUND, `${path}: ${bytes} bytes`);
  }
  const { rooms: list, hidden } = await victim!.api.get<Listed>("/api/rooms");
  assert(list.length <= LISTED.rooms);
  assert.deepEqual(hidden, { rooms: 1_000, unread: true });
  // Those with a name have not been crowded out, and what was opened is there.
  for (const id of [GENERAL, mine.id, rooms[0]]) assert(list.some((room) => room.id === id));

  const socket = await house.connect(victim!);
  const ready = await socket.event("ready");
  const bytes = new TextEncoder().encode(JSON.stringify(ready)).length;
  assert(bytes < BOUND, `ready: ${bytes} bytes`);
  assert.equal(ready.rooms.length, list.length);
  assert.equal(ready.hidden.unread, true);
  const worst = Math.max(...await acks());
  assert(worst < 1_000, `an ack took ${worst} ms`);
});

test("nor do rooms and people whose names are made to weigh much", async () => {
  const [ann, bob] = await house.people(2);
  const heavy = '"'.repeat(64);
  await bob!.api.patch("/api/me", { displayName: heavy });
  const others = await Promise.all(Array.from({ length: 30 }, () => house.person()));
  for (const other of others) await other.api.patch("/api/me", { displayName: heavy });
  for (let at = 0; at < 110; at++) {
    const first = others[at % 30]!.id;
    const users = [first, others[(at + 1 + Math.floor(at / 30)) % 30]!.id, ann!.id];
    const { id } = await bob!.api.post<MemberRoom>("/api/rooms", { kind: "direct", users });
    await bob!.api.post(`/api/rooms/${id}/messages`, { text: "!" });
  }
  for (let at = 0; at < 110; at++) {
    await ann!.api.post("/api/rooms", {
      kind: "private",
      name: '"'.repeat(80),
      topic: "<".repeat(250),
    });
  }
  for (const path of ["/", "/rooms/1", "/api/rooms"]) {
    const { bytes } = await weigh(ann!, path);
    assert(bytes < BOUND, `${path}: ${bytes} bytes`);
  }
});

/** Somebody else sends steadily; the answer ends it and gives the milliseconds of each ack. */
function ackTimes(person: Person, room: number): () => Promise<number[]> {
  let going = true;
  const times: number[] = [];
  const sending = (async () => {
    const socket = await house.connect(person);
    while (going) {
      const before = performance.now();
      await socket.send(room, "meanwhile");
      times.push(performance.now() - before);
    }
  })();
  return async () => {
    going = false;
    await sending;
    return times;
  };
}

test("what happens in a room that is not in the list brings it in, first of all", async () => {
  const victim = await house.person();
  const others = await strangers(LISTED.rooms + 50);
  const rooms = await addDirectRooms(house.program.dataDir, victim.id, others, { unread: false });
  const socket = await house.connect(victim);
  const ready = await socket.event("ready");
  assert(ready.rooms.length <= KEPT.rooms + 1);
  const unlisted = rooms.find((id) => !ready.rooms.some((room) => room.id === id))!;

  // Known from another day: it is caught up with, and is not taken for one that was left.
  await socket.command({ type: "sync", rooms: { [unlisted]: 0 } });
  const changes = await socket.event("changes", ({ room }) => room === unlisted);
  assert.deepEqual(changes.messages.map(({ text }) => text), ["buy this"]);

  await victim.api.post(`/api/rooms/${unlisted}/messages`, { text: "no, thank you" });
  await socket.event("message", ({ room }) => room === unlisted);
  const told = socket.log.filter((event) =>
    (event.type === "room" && event.room.id === unlisted) ||
    (event.type === "message" && event.room === unlisted)
  );
  assert.deepEqual(told.map(({ type }) => type), ["room", "message"]);
  assert(told[0]!.type === "room" && told[1]!.type === "message");
  assert.equal(told[0].room.head + 1, told[1].rev);
});

test("what is not in the list is found page by page and by name, and comes back when asked", async () => {
  const victim = await house.person();
  const others = await strangers(LISTED.rooms + 60);
  const rooms = await addDirectRooms(house.program.dataDir, victim.id, others, { unread: false });
  const { rooms: list } = await victim.api.get<Listed>("/api/rooms");
  const found = new Set(list.map(({ id }) => id));
  let next: number | null = null;
  do {
    const before: string = next === null ? "" : `&before=${next}`;
    const page: { rooms: MemberRoom[]; next: number | null } = await victim.api.get(
      `/api/rooms?scope=hidden&limit=7${before}`,
    );
    for (const room of page.rooms) found.add(room.id);
    next = page.next;
  } while (next !== null);
  assert.deepEqual([...found].sort((a, b) => a - b), [GENERAL, ...rooms]);

  const first = rooms[0]!;
  const byName = await victim.api.get<Listed>(
    `/api/rooms?scope=hidden&q=${others[0]!.username}`,
  );
  assert.deepEqual(byName.rooms.map(({ id }) => id), [first]);
  const socket = await house.connect(victim);
  await victim.api.patch(`/api/rooms/${first}/membership`, { hidden: false });
  await socket.event("room", ({ room }) => room.id === first);
});

test("a direct room shows to the other with its first message; on both sides all works then", async () => {
  const [ann, bob] = await house.people(2);
  const onBob = await house.connect(bob!);
  const { id } = await ann!.api.post<MemberRoom>("/api/rooms", {
    kind: "direct",
    users: [bob!.id],
  });
  assert(!(await bob!.api.get<Listed>("/api/rooms")).rooms.some((room) => room.id === id));
  const late = await house.connect(bob!);
  assert(!(await late.event("ready")).rooms.some((room) => room.id === id));
  assert.equal((await bob!.api.get<MemberRoom>(`/api/rooms/${id}`)).id, id);
  await ann!.api.post(`/api/rooms/${id}/messages`, { text: "hello" });
  for (const socket of [onBob, late]) {
    await socket.event("message", ({ room }) => room === id);
    const order = socket.log.filter((event) =>
      (event.type === "room" && event.room.id === id) ||
      (event.type === "message" && event.room === id) ||
      (event.type === "user" && event.user.id === ann!.id)
    ).map(({ type }) => type);
    assert.deepEqual(order, ["user", "room", "message"]);
  }
  const room = await bob!.api.get<MemberRoom>(`/api/rooms/${id}`);
  assert.deepEqual([room.membership.unread, room.membership.hidden], [1, undefined]);
});

test("whoever opens a direct room that waits for its first message has it at once", async () => {
  const [ann, bob] = await house.people(2);
  const users = (person: Person) => ({ kind: "direct", users: [person.id] });
  const made = await ann!.api.post<MemberRoom>("/api/rooms", users(bob!));
  const onBob = await house.connect(bob!);
  const opened = await bob!.api.post<MemberRoom>("/api/rooms", users(ann!), 200);
  assert.equal(opened.id, made.id);
  await onBob.event("room", ({ room }) => room.id === made.id);
});

test("a hidden room is gone from all one's devices until something happens in it", async () => {
  const [ann, bob] = await house.people(2);
  const { id } = await ann!.api.post<MemberRoom>("/api/rooms", {
    kind: "direct",
    users: [bob!.id],
  });
  await ann!.api.post(`/api/rooms/${id}/messages`, { text: "hello" });
  const [phone, desk, onAnn] = [
    await house.connect(bob!),
    await house.connect(bob!),
    await house.connect(ann!),
  ];
  await bob!.api.patch(`/api/rooms/${id}/membership`, { hidden: true });
  for (const socket of [phone, desk]) {
    const left = await socket.event("left", ({ room }) => room === id);
    assert.equal(left.hidden, true);
  }
  await ann!.api.post(`/api/rooms/${id}/messages`, { text: "hello again" });
  for (const socket of [phone, desk]) await socket.event("room", ({ room }) => room.id === id);
  assert(!onAnn.log.some(({ type }) => type === "left"));
});

test("who leaves a group hears nothing more of it; in a conversation of two nobody leaves", async () => {
  const [ann, bob, carl] = await house.people(3);
  const { id } = await ann!.api.post<MemberRoom>("/api/rooms", {
    kind: "direct",
    users: [bob!.id, carl!.id],
  });
  await ann!.api.post(`/api/rooms/${id}/messages`, { text: "the three of us" });
  const onCarl = await house.connect(carl!);
  await carl!.api.delete(`/api/rooms/${id}/members/${carl!.id}`);
  await onCarl.event("left", ({ room }) => room === id);
  assert.equal((await carl!.api.refused("GET", `/api/rooms/${id}`)).status, 404);
  const still = await ann!.api.get<MemberRoom>(`/api/rooms/${id}`);
  assert.deepEqual([still.memberCount, still.users?.length], [2, 2]);
  const pair = await ann!.api.post<MemberRoom>("/api/rooms", { kind: "direct", users: [bob!.id] });
  assert.notEqual(pair.id, id);
  const refused = await ann!.api.refused("DELETE", `/api/rooms/${pair.id}/members/${ann!.id}`);
  assert.equal(refused.status, 403);
});
