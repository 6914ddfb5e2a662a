/** Who hears of what happened, who no longer does, and in which order. */
import assert from "node:assert/strict";
import { caller, message, revs, room, setUp, snapshot, user } from "./hub_fixture.ts";

Deno.test("a member's own settings are told to their devices alone, also to one that is loading", async () => {
  const { virtual, bus, answers, connect, connectLive } = setUp();
  const [phone, other] = [await connectLive(caller(1)), await connectLive(caller(2))];
  const [loading, otherLoading] = [connect(caller(1)), connect(caller(2))];
  await virtual.pass(0);
  bus.publish([message(1, 1), { type: "membership", userId: 1, room: 1 }]);
  for (const id of [2, 1]) answers.pop()!.resolve(snapshot(user(id), [room(1, 1)]));
  await virtual.pass(100);
  assert.deepEqual(phone.types(), ["ready", "message", "room"]);
  assert.deepEqual(loading.types(), ["ready", "room"]);
  assert.deepEqual(other.types(), ["ready", "message"]);
  assert.deepEqual(otherLoading.types(), ["ready"]);
});

Deno.test("of a room that somebody is not in here, their settings tell nothing", async () => {
  const { virtual, bus, connectLive } = setUp();
  const client = await connectLive(caller(1), [room(1, 0)]);
  bus.publish([{ type: "membership", userId: 1, room: 2 }]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready"]);
});

Deno.test("a room's events keep their order: what is for one alone does not overtake messages", async () => {
  const { virtual, bus, connectLive } = setUp();
  const client = await connectLive(caller(1));
  bus.publish([
    message(1, 1),
    { type: "read", userId: 1, room: 1, seq: 1 },
    message(1, 2),
    { type: "typing", room: 1, userId: 2 },
  ]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "message", "read", "message", "typing"]);
});

Deno.test("a room that comes back into the list where it is heard of still stands behind its messages", async () => {
  const { virtual, bus, connectLive } = setUp();
  const client = await connectLive(caller(1));
  bus.publish([message(1, 1)]);
  bus.publish([{ type: "joined", userId: 1, room: room(1, 1), access: 0 }, message(1, 2)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "message", "room", "message"]);
});

Deno.test("a removal takes back what waits to be sent, and others still get it", async () => {
  const { virtual, bus, connectLive } = setUp();
  const removed = await connectLive(caller(1));
  const stays = await connectLive(caller(2));
  bus.publish([message(1, 1), { type: "left", userId: 1, room: 1, access: 0 }, message(1, 2)]);
  await virtual.pass(100);
  assert.deepEqual(removed.types(), ["ready", "left"]);
  assert.deepEqual(revs(stays.events()), [1, 2]);
});

Deno.test("a revoked session's sockets close, a disabled user's with 4403, others stay", async () => {
  const { virtual, bus, connectLive } = setUp();
  const [first, second] = [await connectLive(caller(1)), await connectLive(caller(2))];
  bus.publish([{ type: "revoked", userId: 1, sessions: [1], reason: "logout" }, message(1, 1)]);
  await virtual.pass(100);
  assert.equal(first.closed, 4401);
  assert.deepEqual(first.types(), ["ready"]);
  assert.deepEqual(revs(second.events()), [1]);
  bus.publish([{ type: "revoked", userId: 2, sessions: "all", reason: "disabled" }]);
  assert.equal(second.closed, 4403);
});

Deno.test("who has not signed in hears of nobody", async () => {
  const { virtual, bus, connect, connectLive } = setUp();
  const [stranger, member] = [connect(undefined), await connectLive(caller(1))];
  bus.publish([{ type: "user", user: user(2) }]);
  await virtual.pass(1_500);
  assert.deepEqual(stranger.frames, []);
  assert.deepEqual(member.types(), ["ready", "user"]);
});

Deno.test("whoever becomes a guest begins anew, with what guests may hear", async () => {
  const { bus, connectLive } = setUp();
  const client = await connectLive(caller(1));
  bus.publish([{ type: "user", user: { ...user(1), role: "guest" } }]);
  assert.equal(client.closed, 1012);
});
