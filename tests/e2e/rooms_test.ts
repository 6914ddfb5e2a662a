/** Rooms: made, found, joined, renamed, archived, left. */
import assert from "node:assert/strict";
import type { Member, Membership } from "../../lib/protocol/members.ts";
import type { Room } from "../../lib/protocol/rooms.ts";
import type { Api, MemberRoom } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const make = (api: Api, body: Record<string, unknown>) => api.post<MemberRoom>("/api/rooms", body);
const roomsOf = async (api: Api) => (await api.get<{ rooms: MemberRoom[] }>("/api/rooms")).rooms;

test("a room is made by its owner, who is in it from the start", async () => {
  const ann = await house.person();
  const socket = await house.connect(ann);
  const room = await make(ann.api, { kind: "public", name: " Tea ", topic: "green" });
  const { membership, createdAt, ...rest } = room;
  assert.deepEqual(rest, {
    id: room.id,
    kind: "public",
    name: "Tea",
    topic: "green",
    head: 0,
    createdBy: ann.id,
    archived: false,
    memberCount: 1,
  });
  assert.ok(Math.abs(createdAt - Date.now()) < 60_000);
  assert.equal(membership.role, "owner");
  assert.equal(membership.unread, 0);
  const event = await socket.event("room", (event) => event.room.id === room.id);
  assert.deepEqual(event.room, room);
  assert.deepEqual((await roomsOf(ann.api)).find(({ id }) => id === room.id), room);
  assert.deepEqual(await ann.api.get(`/api/rooms/${room.id}`), room);
});

test("public rooms are found by name and joined by anybody", async () => {
  const [ann, bob] = await house.people(2);
  const name = house.name("Gardening");
  const room = await make(ann!.api, { kind: "public", name });
  await make(ann!.api, { kind: "private", name: `${name} in secret` });
  const query = encodeURIComponent(name.toLowerCase());
  const found = await bob!.api.get<{ rooms: Room[] }>(`/api/rooms?scope=public&q=${query}`);
  assert.deepEqual(found.rooms.map(({ id }) => id), [room.id]);
  assert.ok(!(await roomsOf(bob!.api)).some(({ id }) => id === room.id));

  const socket = await house.connect(bob!);
  await bob!.api.put(`/api/rooms/${room.id}/members/${bob!.id}`);
  const joined = await socket.event("room", (event) => event.room.id === room.id);
  assert.equal(joined.room.membership.role, "member");
  assert.equal(joined.room.memberCount, 2);
  const speaker = await house.connect(ann!);
  const sent = await speaker.send(room.id, "welcome");
  await socket.event("message", ({ message }) => message.id === sent.id);
});

test("a public room that one has not joined shows itself and not its messages", async () => {
  const [ann, bob] = await house.people(2);
  const room = await make(ann!.api, { kind: "public", name: house.name("open") });
  assert.equal((await bob!.api.get<Room>(`/api/rooms/${room.id}`)).id, room.id);
  for (const path of ["messages", "changes?since=0", "members"]) {
    const problem = await bob!.api.refused("GET", `/api/rooms/${room.id}/${path}`);
    assert.equal(problem.code, "forbidden", path);
  }
});

test("an owner brings people into a private room and puts them out again", async () => {
  const [ann, bob, carl] = await house.people(3);
  const room = await house.room(ann!, bob!);
  const [onBob, onAnn] = [await house.connect(bob!), await house.connect(ann!)];
  const { members } = await ann!.api.get<{ members: Member[] }>(`/api/rooms/${room.id}/members`);
  assert.deepEqual(
    members.map(({ id, membership }) => [id, membership.role]).sort(),
    [[ann!.id, "owner"], [bob!.id, "member"]].sort(),
  );
  assert.equal(
    (await bob!.api.refused("DELETE", `/api/rooms/${room.id}/members/${ann!.id}`)).code,
    "forbidden",
  );
  assert.equal(
    (await carl!.api.refused("PUT", `/api/rooms/${room.id}/members/${carl!.id}`)).code,
    "not_found",
  );

  await ann!.api.delete(`/api/rooms/${room.id}/members/${bob!.id}`);
  await onBob.event("left", (event) => event.room === room.id);
  const sent = await onAnn.send(room.id, "he is gone");
  await onAnn.event("message", ({ message }) => message.id === sent.id);
  await onBob.settled();
  assert.deepEqual(onBob.all("message"), []);
  assert.ok(onBob.isOpen, "the rest of the chat is still theirs");
});

test("who was removed gets nothing more: no event, no sync, no history, no writing", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  const [onAnn, onBob] = [await house.connect(ann!), await house.connect(bob!)];
  const old = await onBob.send(room, "I am here");
  const chatter = Array.from({ length: 30 }, (_, at) => onAnn.send(room, `during ${at}`));
  await ann!.api.delete(`/api/rooms/${room}/members/${bob!.id}`);
  const after = await onAnn.send(room, "after");
  await Promise.all(chatter);
  await ann!.api.patch(`/api/rooms/${room}`, { topic: "without him" });
  await onAnn.event("message", ({ message }) => message.id === after.id);
  onAnn.tell({ type: "typing", room });
  await onAnn.settled();
  await onBob.settled();

  const left = onBob.log.findIndex((event) => event.type === "left");
  assert.ok(left >= 0);
  const later = onBob.log.slice(left + 1).filter((event) =>
    event.type !== "ack" && event.type !== "presence"
  );
  assert.deepEqual(later, []);
  assert.ok(!onBob.all("message").some(({ message }) => message.id === after.id));

  const from = onBob.log.length;
  await onBob.command({ type: "sync", rooms: { [room]: 0 } });
  await onBob.settled();
  assert.ok(!onBob.log.slice(from).some((event) => event.type === "changes"));
  const commands = [
    { type: "send", clientId: crypto.randomUUID(), room, text: "let me in" },
    { type: "edit", message: old.id, text: "changed" },
    { type: "delete", message: old.id },
    { type: "react", message: after.id, emoji: "👍", on: true },
    { type: "read", room, seq: 1 },
  ];
  for (const command of commands) {
    await assert.rejects(onBob.command(command), { code: "not_found" }, command.type);
  }
  for (const path of ["", "/messages", "/messages?around=1", "/changes?since=0", "/members"]) {
    const answer = await bob!.api.request("GET", `/api/rooms/${room}${path}`);
    assert.equal(answer.status, 404, path);
  }
  assert.ok(!(await roomsOf(bob!.api)).some(({ id }) => id === room));
  const again = await house.connect(bob!);
  assert.ok(!again.ready.rooms.some(({ id }) => id === room));
});

test("who leaves is out; the next oldest member takes over from the last owner", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  await ann!.api.delete(`/api/rooms/${room}/members/${ann!.id}`);
  assert.equal((await ann!.api.refused("GET", `/api/rooms/${room}`)).status, 404);
  const { members } = await bob!.api.get<{ members: Member[] }>(`/api/rooms/${room}/members`);
  assert.deepEqual(members.map(({ id, membership }) => [id, membership.role]), [[
    bob!.id,
    "owner",
  ]]);
});

test("a new name or topic reaches every member; only those who run the room set it", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  const onBob = await house.connect(bob!);
  const refused = await bob!.api.refused("PATCH", `/api/rooms/${room}`, { name: "mine" });
  assert.equal(refused.code, "forbidden");
  const changed = await ann!.api.patch<MemberRoom>(`/api/rooms/${room}`, {
    name: "New name",
    topic: "New topic",
  });
  assert.equal(changed.name, "New name");
  const { room: seen } = await onBob.event("room", (event) => event.room.name === "New name");
  assert.equal(seen.topic, "New topic");
  assert.equal(seen.membership.role, "member", "each sees their own membership");
});

test("an archived room is read, not written, until it is opened again", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  const socket = await house.connect(ann!);
  const { id } = await socket.send(room, "before");
  await ann!.api.patch(`/api/rooms/${room}`, { archived: true });
  const commands = [
    { type: "send", clientId: crypto.randomUUID(), room, text: "after" },
    { type: "edit", message: id, text: "after" },
    { type: "delete", message: id },
    { type: "react", message: id, emoji: "👍", on: true },
  ];
  for (const command of commands) {
    await assert.rejects(socket.command(command), { code: "forbidden" }, command.type);
  }
  assert.equal((await bob!.api.request("GET", `/api/rooms/${room}/messages`)).status, 200);
  await ann!.api.patch(`/api/rooms/${room}`, { archived: false });
  await socket.send(room, "open again");
});

test("what to be told of is each member's own setting", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  const path = `/api/rooms/${room}/membership`;
  const membership = await bob!.api.patch<Membership>(path, { notify: "mentions" });
  assert.equal(membership.notify, "mentions");
  assert.equal(membership.role, "member");
  assert.equal((await ann!.api.get<MemberRoom>(`/api/rooms/${room}`)).membership.notify, "all");
  assert.equal((await bob!.api.refused("PATCH", path, { notify: "loudly" })).code, "invalid");
  assert.equal((await bob!.api.refused("PATCH", path, { role: "owner" })).code, "invalid");
});

test("a choice of what to be told of reaches one's other devices, and nobody else", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  const [phone, laptop] = [await house.connect(bob!), await house.connect(bob!)];
  const onAnn = await house.connect(ann!);
  await onAnn.send(room, "before");
  await bob!.api.patch(`/api/rooms/${room}/membership`, { notify: "none" });
  for (const device of [phone, laptop]) {
    const told = await device.event("room", ({ room: { id } }) => id === room);
    assert.equal(told.room.membership.notify, "none");
    assert.deepEqual(told.room, await bob!.api.get<MemberRoom>(`/api/rooms/${room}`));
    const types = device.log.map(({ type }) => type);
    assert.ok(
      types.indexOf("message") < types.indexOf("room"),
      "events of a room keep their order",
    );
  }
  // A message that comes behind it has come to all of them.
  const { id } = await onAnn.send(room, "after");
  await onAnn.event("message", ({ message }) => message.id === id);
  assert.deepEqual(onAnn.all("room"), []);
});

test("a room that does not fit its schema is not made", async () => {
  const { api } = await house.person();
  const before = await roomsOf(api);
  const bodies = [
    { kind: "public", name: "" },
    { kind: "public", name: "   " },
    { kind: "public", name: "x".repeat(81) },
    { kind: "public", name: "x", topic: "y".repeat(251) },
    { kind: "secret", name: "x" },
    { kind: "public" },
    { kind: "public", name: "x", head: 7 },
    { kind: "direct", users: [] },
    { kind: "direct", users: ["1"] },
    { kind: "direct", users: [1], name: "x" },
    { name: "x" },
  ];
  for (const body of bodies) {
    const problem = await api.refused("POST", "/api/rooms", body);
    assert.equal(problem.status, 422, JSON.stringify(body));
    assert.ok(problem.errors!.length > 0);
  }
  assert.deepEqual(await roomsOf(api), before);
  await make(api, { kind: "public", name: "x".repeat(80), topic: "y".repeat(250) });
});

test("adding a member again, or nobody, changes nothing", async () => {
  const [ann, bob] = await house.people(2);
  const room = (await house.room(ann!, bob!)).id;
  await ann!.api.put(`/api/rooms/${room}/members/${bob!.id}`);
  assert.equal((await ann!.api.get<Room>(`/api/rooms/${room}`)).memberCount, 2);
  for (const method of ["PUT", "DELETE"]) {
    const problem = await ann!.api.refused(method, `/api/rooms/${room}/members/987654`);
    assert.equal(problem.status, 404, method);
  }
});
