/** How a connection begins: what it is sent first, and what it missed meanwhile. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { STUCK_MS } from "../../lib/hub/entrance.ts";
import { caller, message, revs, room, setUp, snapshot, user } from "./hub_fixture.ts";

Deno.test("what is committed while a connection loads reaches it once, after ready", async () => {
  const { virtual, bus, answers, connect, connectLive } = setUp();
  await connectLive(caller(2));
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([message(1, 1), message(1, 2)]);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 1)]));
  bus.publish([message(1, 3)]);
  await virtual.pass(100);
  assert.equal(client.types()[0], "ready");
  assert.deepEqual(revs(client.events()), [2, 3], "1 is in the snapshot");
});

Deno.test("a room that is renamed while a connection loads is told after ready", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([{ type: "room", room: 1 }]);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 0)]));
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "room"]);
});

Deno.test("who was removed while loading gets nothing of the room, though the snapshot has it", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([{ type: "left", userId: 1, room: 1, access: 0 }, message(1, 2)]);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 1)]));
  await virtual.pass(10);
  bus.publish([message(1, 3)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "left"]);
});

Deno.test("a read mark that moved on and back while a connection loads ends where the list has it", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([
    { type: "read", userId: 1, room: 1, seq: 12 },
    { type: "unread", userId: 1, room: 1, seq: 3 },
  ]);
  const read = room(1, 20);
  read.membership.readSeq = 3;
  answers.pop()!.resolve(snapshot(user(1), [read]));
  await virtual.pass(100);
  const marks = client.events().filter(({ type }) => type === "read");
  assert.deepEqual(marks.at(-1), { type: "read", room: 1, seq: 3, back: true });
});

Deno.test("a read mark that moved back and on while a connection loads ends where the list has it", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([
    { type: "unread", userId: 1, room: 1, seq: 3 },
    { type: "read", userId: 1, room: 1, seq: 12 },
  ]);
  const read = room(1, 20);
  read.membership.readSeq = 12;
  answers.pop()!.resolve(snapshot(user(1), [read]));
  await virtual.pass(100);
  const marks = client.events().filter(({ type }) => type === "read");
  assert.deepEqual(marks.at(-1), { type: "read", room: 1, seq: 12 });
});

Deno.test("who left and came back while loading gets all that was written since they came back", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([
    { type: "left", userId: 1, room: 1, access: 0 },
    { type: "joined", userId: 1, room: room(1, 37), access: 0 },
    message(1, 38),
  ]);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 38)]));
  bus.publish([message(1, 39)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "left", "room", "message", "message"]);
  assert.deepEqual(revs(client.events()), [38, 39]);
});

Deno.test("what the list has already is not told after it: no head and no read mark goes back", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([
    { type: "joined", userId: 1, room: room(2, 0), access: 0 },
    message(2, 1),
    { type: "read", userId: 1, room: 1, seq: 2 },
  ]);
  const read = room(1, 4);
  read.membership.readSeq = 3;
  answers.pop()!.resolve(snapshot(user(1), [read, room(2, 1)]));
  await virtual.pass(10);
  assert.deepEqual(client.types(), ["ready"]);
  bus.publish([message(2, 2), { type: "read", userId: 1, room: 1, seq: 4 }]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "read", "message"]);
});

Deno.test("a room that was left and joined again while a connection loads is told of again", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  bus.publish([
    { type: "left", userId: 1, room: 2, access: 0 },
    { type: "joined", userId: 1, room: room(2, 1), access: 0 },
  ]);
  answers.pop()!.resolve(snapshot(user(1), [room(2, 1)]));
  await virtual.pass(10);
  bus.publish([message(2, 2)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "left", "room", "message"]);
});

Deno.test("a session that was revoked before its socket could hear of it is refused", async () => {
  const { virtual, answers, revoked, connect } = setUp();
  revoked.add(1);
  const client = connect(caller(1));
  await virtual.pass(0);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 1)]));
  await virtual.pass(100);
  assert.equal(client.closed, 4401);
  assert.deepEqual(client.frames, []);
});

/** Answers in their order, as the store does: each begins with the one room. */
async function answerAll({ virtual, answers }: ReturnType<typeof setUp>, first: number) {
  for (let id = first; answers.length > 0; id++) {
    answers.shift()!.resolve(snapshot(user(id), [room(1, 0)]));
    await virtual.pass(0);
  }
}

Deno.test("of a thousand who come at once, few read at a time, and all are greeted", async () => {
  const house = setUp();
  const clients = Array.from({ length: 1_000 }, (_, i) => house.connect(caller(i + 1)));
  await house.virtual.pass(0);
  assert.ok(house.answers.length < 100, "what others ask of the store is not behind a thousand");
  await answerAll(house, 1);
  const greeted = clients.filter(({ frames: [first] }) => first?.[0]?.type === "ready");
  assert.equal(greeted.length, 1_000);
  assert.equal(house.hub.reading().connections.live, 1_000);
});

Deno.test("who is revoked or goes while waiting for their turn reads nothing, and keeps nobody waiting", async () => {
  const house = setUp();
  const clients = Array.from({ length: 200 }, (_, i) => house.connect(caller(i + 1)));
  const [gone, revoked] = [clients[150]!, clients[160]!];
  gone.handlers.closed();
  house.bus.publish([{ type: "revoked", userId: 161, sessions: [161], reason: "revoked" }]);
  assert.equal(revoked.closed, 4401);
  let read = 0;
  await house.virtual.pass(0);
  while (house.answers.length > 0) {
    read += 1;
    house.answers.shift()!.resolve(snapshot(user(1), [room(1, 0)]));
    await house.virtual.pass(0);
  }
  assert.equal(read, 198);
  assert.deepEqual([gone.frames, revoked.frames], [[], []]);
  assert.equal(clients[199]!.types()[0], "ready");
});

Deno.test("a store that fails gives its place to the next who waits", async () => {
  const house = setUp();
  const clients = Array.from({ length: 100 }, (_, i) => house.connect(caller(i + 1)));
  await house.virtual.pass(0);
  while (house.answers.length > 0) {
    house.answers.shift()!.reject(new ConfabError("unavailable", "Not just now."));
    await house.virtual.pass(0);
  }
  assert.ok(clients.every(({ closed }) => closed === 1012));
});

Deno.test("ready goes out as soon as it is read, whatever else is waiting to be sent", async () => {
  const { virtual, answers, connect } = setUp();
  const client = connect(caller(1));
  await virtual.pass(0);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 0)]));
  for (let i = 0; i < 20; i++) await Promise.resolve();
  assert.deepEqual(client.types(), ["ready"], "before any round of the flush");
});

Deno.test("frames that come before ready are answered after it, in their order", async () => {
  const { virtual, answers, connect } = setUp();
  const client = connect(undefined);
  client.handlers.received('{"type":"auth","token":"good","ref":"a"}');
  client.handlers.received('{"type":"status","status":"away","ref":"b"}');
  await virtual.pass(0);
  answers.pop()!.resolve(snapshot(user(1), []));
  await virtual.pass(100);
  const refs = client.events().map((event) => event.ref ?? event.type);
  assert.deepEqual(refs, ["ready", "a", "b"]);
});

Deno.test("ready tells who is here; where many are, the next presence news does", async () => {
  const { virtual, connectLive } = setUp();
  for (let id = 1; id < 200; id++) await connectLive(caller(id));
  const [first] = (await connectLive(caller(200))).frames.flat();
  assert.equal(Object.keys(first!.presence as object).length, 200);
  for (let id = 201; id <= 250; id++) await connectLive(caller(id));
  await virtual.pass(5_000);
  const last = await connectLive(caller(251));
  const [ready, ...none] = last.frames.splice(0).flat();
  assert.deepEqual([ready!.presence, none], [{ 251: "online" }, []]);
  await virtual.pass(1_000);
  const news = last.frames.flat();
  const here = Object.assign({}, ...news.map(({ users }) => users)) as Record<string, string>;
  assert.deepEqual(new Set(news.map(({ type }) => type)), new Set(["presence"]));
  assert.equal(Object.keys(here).length, 251);
  assert.deepEqual(new Set(Object.values(here)), new Set(["online"]));
});

Deno.test("who loads while presence is told is told of the others, though nobody moves any more", async () => {
  const { virtual, answers, connect, connectLive } = setUp();
  for (let id = 1; id <= 250; id++) await connectLive(caller(id));
  const last = connect(caller(251));
  await virtual.pass(5_000);
  answers.pop()!.resolve(snapshot(user(251), [room(1, 0)]));
  await virtual.pass(2_000);
  const news = last.frames.flat().filter(({ type }) => type === "presence");
  const here = Object.assign({}, ...news.map(({ users }) => users)) as object;
  assert.equal(Object.keys(here).length, 251);
});

Deno.test("a wrong token closes, and a command before auth is refused", async () => {
  const { virtual, connect } = setUp();
  const client = connect(undefined);
  client.handlers.received('{"type":"typing","room":1}');
  await virtual.pass(10);
  assert.equal(client.events()[0]?.code, "unauthenticated");
  client.handlers.received('{"type":"auth","token":"bad"}');
  await virtual.pass(10);
  assert.equal(client.closed, 4401);
});

Deno.test("who does not say who they are has ten seconds, and hardly more", async () => {
  const { connect, connectLive, virtual } = setUp();
  const live = await connectLive(caller(1));
  for (const late of [0, 1_300, 4_950]) {
    await virtual.pass(late);
    const client = connect(undefined);
    await virtual.pass(9_990);
    assert.equal(client.closed, null);
    await virtual.pass(310);
    assert.equal(client.closed, 4401);
    client.handlers.closed();
    live.handlers.received('{"type":"pong"}');
  }
  const client = connect(undefined);
  client.handlers.received('{"type":"auth","token":"good"}');
  await virtual.pass(15_000);
  assert.equal(client.closed, null, "who has said it is no stranger");
});

Deno.test("of a network's connections few may be strangers, however many are signed in", async () => {
  const { connectLive, connect, virtual } = setUp({ perUser: 0, perAddress: 400, frameRate: 0 });
  for (let id = 1; id <= 150; id++) await connectLive(caller(id));
  const strangers = Array.from({ length: 100 }, () => connect(undefined));
  assert.ok(strangers.every(({ closed }) => closed === null));
  const refused = connect(undefined);
  assert.equal(refused.closed, 4429);
  refused.handlers.closed();
  assert.equal(
    (await connectLive(caller(151))).closed,
    null,
    "those signed in are not concerned",
  );
  // Who signs in leaves the place to the next stranger; so does who goes.
  strangers[0]!.handlers.received('{"type":"auth","token":"good"}');
  await virtual.pass(10);
  strangers[1]!.handlers.closed();
  assert.deepEqual([connect(undefined).closed, connect(undefined).closed], [null, null]);
  assert.equal(connect(undefined).closed, 4429);
});

Deno.test("a socket whose peer reads nothing counts for its address until the system has given it up", async () => {
  const { connectLive, connect, virtual } = setUp({ perUser: 0, perAddress: 1, frameRate: 0 });
  const slow = await connectLive(caller(1));
  slow.stuck = true;
  slow.handlers.closed();
  await virtual.pass(STUCK_MS - 1);
  const early = connect(caller(2));
  assert.equal(early.closed, 4429);
  early.handlers.closed();
  await virtual.pass(1);
  assert.equal(connect(caller(2)).closed, null);
});

Deno.test("connections beyond the caps are closed with 4429", async () => {
  const { connectLive, connect } = setUp({ perUser: 1, perAddress: 2, frameRate: 0 });
  const first = await connectLive(caller(1));
  const refused = connect(caller(1));
  assert.equal(refused.closed, 4429, "one more of the same user");
  const early = connect(undefined);
  assert.equal(early.closed, 4429, "the first counts until its socket has really ended");
  for (const { handlers } of [refused, early]) handlers.closed();
  const second = await connectLive(caller(2));
  assert.equal(connect(undefined).closed, 4429, "one more from the same address");
  assert.deepEqual([first.closed, second.closed], [null, null]);
});
