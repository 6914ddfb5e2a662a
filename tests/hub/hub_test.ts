import assert from "node:assert/strict";
import { createMemoryBus } from "../../lib/bus/memory.ts";
import { ConfabError } from "../../lib/errors.ts";
import type { Chat } from "../../lib/chat/chat.ts";
import type { Notice, Snapshot } from "../../lib/chat/notice.ts";
import { createHub } from "../../lib/hub/hub.ts";
import type { Identity } from "../../lib/hub/connection.ts";
import type { SocketHandlers } from "../../lib/hub/socket.ts";
import type { Changes } from "../../lib/protocol/events.ts";
import type { MemberRoom, User } from "../../lib/protocol/objects.ts";
import { memberRoom, message as modelMessage } from "../support/model_message.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

/** A hub whose chat answers when the test says so, and clients that remember what they were sent. */
function setUp(limits = { perUser: 0, perAddress: 0, frameRate: 0 }) {
  const virtual = new VirtualLoop();
  const bus = createMemoryBus<Notice>();
  const answers: PromiseWithResolvers<unknown>[] = [];
  const revoked = new Set<number>();
  const chat = {
    run: () => {
      const answer = Promise.withResolvers<unknown>();
      answers.push(answer);
      return answer.promise;
    },
  } as unknown as Chat; // the test gives each answer in the type that its command has
  const pages: PromiseWithResolvers<Changes>[] = [];
  const time = { now: 0 };
  const hub = createHub({
    chat,
    bus,
    epoch: "test",
    authenticate: (token) => Promise.resolve(token === "good" ? identity(1) : null),
    isValid: (sessionId) => Promise.resolve(!revoked.has(sessionId)),
    memberRooms: (id, userIds) =>
      Promise.resolve(userIds.map((userId) => ({ userId, room: { ...room(id, 0), name: "new" } }))),
    changes: () => {
      const page = Promise.withResolvers<Changes>();
      pages.push(page);
      return page.promise;
    },
    now: () => time.now,
    loop: virtual.loop,
    limits,
    log: (message, error) => assert.fail(`${message}: ${error}`),
  });

  function connect(who: Identity | null | undefined) {
    const client = {
      frames: [] as { type: string; [field: string]: unknown }[][],
      closed: null as number | null,
      cut: false,
      buffered: 0,
      reads: true,
      handlers: null as unknown as SocketHandlers, // set by adopt, before anyone looks
      events: () => client.frames.flat().filter((event) => event.type !== "presence"),
      types: () => client.events().map((event) => event.type),
    };
    hub.adopt((handlers) => {
      client.handlers = handlers;
      return {
        send(text) {
          client.frames.push(JSON.parse(text));
          if (!client.reads) client.buffered += text.length;
        },
        close: (code) => void (client.closed ??= code),
        cut: () => void (client.cut = true),
        get buffered() {
          return client.buffered;
        },
      };
    }, { address: "192.0.2.1", network: "192.0.2.1", identity: who });
    client.handlers.opened();
    return client;
  }

  async function connectLive(who: Identity, rooms = [room(1, 0)]) {
    const client = connect(who);
    await virtual.pass(0);
    answers.pop()!.resolve(snapshot(who.user, rooms));
    await virtual.pass(10);
    return client;
  }

  return { virtual, bus, answers, pages, time, revoked, hub, connect, connectLive };
}

function user(id: number): User {
  const username = `user${id}`;
  return { id, username, displayName: username, role: "member", avatar: null, disabled: false };
}

function identity(id: number): Identity {
  return { user: user(id), sessionId: id, expiresAt: 1_000_000 };
}

function room(id: number, head: number): MemberRoom {
  return { ...memberRoom(head), id };
}

function snapshot(who: User, rooms: MemberRoom[]): Snapshot {
  return { user: who, rooms, users: [who] };
}

function message(roomId: number, rev: number): Notice {
  return { type: "message", room: roomId, rev, message: modelMessage(rev, { room: roomId }) };
}

const revs = (events: { type: string; rev?: unknown }[]) =>
  events.filter(({ type }) => type === "message").map(({ rev }) => rev);

Deno.test("what is committed while a connection loads reaches it once, after ready", async () => {
  const { virtual, bus, answers, connect, connectLive } = setUp();
  await connectLive(identity(2));
  const client = connect(identity(1));
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
  const client = connect(identity(1));
  await virtual.pass(0);
  bus.publish([{ type: "room", room: 1 }]);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 0)]));
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "room"]);
});

Deno.test("a member's own settings are told to their devices alone, also to one that is loading", async () => {
  const { virtual, bus, answers, connect, connectLive } = setUp();
  const [phone, other] = [await connectLive(identity(1)), await connectLive(identity(2))];
  const [loading, otherLoading] = [connect(identity(1)), connect(identity(2))];
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
  const client = await connectLive(identity(1), [room(1, 0)]);
  bus.publish([{ type: "membership", userId: 1, room: 2 }]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready"]);
});

Deno.test("a room's events keep their order: what is for one alone does not overtake messages", async () => {
  const { virtual, bus, connectLive } = setUp();
  const client = await connectLive(identity(1));
  bus.publish([
    message(1, 1),
    { type: "read", userId: 1, room: 1, seq: 1 },
    message(1, 2),
    { type: "typing", room: 1, userId: 2 },
  ]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "message", "read", "message", "typing"]);
});

Deno.test("who was removed while loading gets nothing of the room, though the snapshot has it", async () => {
  const { virtual, bus, answers, connect } = setUp();
  const client = connect(identity(1));
  await virtual.pass(0);
  bus.publish([{ type: "left", userId: 1, room: 1 }, message(1, 2)]);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 1)]));
  await virtual.pass(10);
  bus.publish([message(1, 3)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "left"]);
});

Deno.test("a removal takes back what waits to be sent, and others still get it", async () => {
  const { virtual, bus, connectLive } = setUp();
  const removed = await connectLive(identity(1));
  const stays = await connectLive(identity(2));
  bus.publish([message(1, 1), { type: "left", userId: 1, room: 1 }, message(1, 2)]);
  await virtual.pass(100);
  assert.deepEqual(removed.types(), ["ready", "left"]);
  assert.deepEqual(revs(stays.events()), [1, 2]);
});

Deno.test("a session that was revoked before its socket could hear of it is refused", async () => {
  const { virtual, answers, revoked, connect } = setUp();
  revoked.add(1);
  const client = connect(identity(1));
  await virtual.pass(0);
  answers.pop()!.resolve(snapshot(user(1), [room(1, 1)]));
  await virtual.pass(100);
  assert.equal(client.closed, 4401);
  assert.deepEqual(client.frames, []);
});

Deno.test("a revoked session's sockets close, a disabled user's with 4403, others stay", async () => {
  const { virtual, bus, connectLive } = setUp();
  const [first, second] = [await connectLive(identity(1)), await connectLive(identity(2))];
  bus.publish([{ type: "revoked", userId: 1, sessions: [1], reason: "logout" }, message(1, 1)]);
  await virtual.pass(100);
  assert.equal(first.closed, 4401);
  assert.deepEqual(first.types(), ["ready"]);
  assert.deepEqual(revs(second.events()), [1]);
  bus.publish([{ type: "revoked", userId: 2, sessions: "all", reason: "disabled" }]);
  assert.equal(second.closed, 4403);
});

Deno.test("live events wait for the answer to a sync, and come after it", async () => {
  const { virtual, bus, pages, connectLive } = setUp();
  const client = await connectLive(identity(1));
  client.handlers.received('{"type":"sync","rooms":{"1":0}}');
  await virtual.pass(0);
  bus.publish([message(1, 1)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready"], "held until the store has answered");
  pages.pop()!.resolve({ messages: [], head: 0, more: false, reset: false });
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "ack", "changes", "message"]);
});

Deno.test("a thousand who ask for the same changes cost one read, until something new is heard", async () => {
  const { virtual, bus, pages, connectLive } = setUp();
  const clients = [await connectLive(identity(1)), await connectLive(identity(2))];
  const ask = (since: number) => {
    for (const { handlers } of clients) {
      handlers.received(JSON.stringify({ type: "sync", rooms: { "1": since } }));
    }
  };
  ask(0);
  await virtual.pass(0);
  assert.equal(pages.length, 1);
  pages[0]!.resolve({ messages: [], head: 0, more: false, reset: false });
  await virtual.pass(100);
  ask(0);
  await virtual.pass(100);
  assert.equal(pages.length, 1, "the page that is kept is still true");
  bus.publish([message(1, 1)]);
  ask(0);
  await virtual.pass(0);
  assert.equal(pages.length, 2, "what is kept may lack what was just heard");
  pages[1]!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  for (const client of clients) {
    assert.equal(client.types().filter((type) => type === "changes").length, 3);
  }
});

Deno.test("a room that the connection is not in is answered like one that does not exist", async () => {
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(identity(1));
  client.handlers.received('{"type":"sync","rooms":{"2":0,"999":0}}');
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "ack", "left", "left"]);
  assert.equal(pages.length, 0);
});

Deno.test("a page of changes that could not be read is asked for again", async () => {
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(identity(1));
  for (const outcome of ["fails", "works"]) {
    client.handlers.received('{"type":"sync","rooms":{"1":0},"ref":"s"}');
    await virtual.pass(0);
    const page = pages.pop()!;
    if (outcome === "fails") page.reject(new ConfabError("unavailable", "Try again."));
    else page.resolve({ messages: [], head: 0, more: false, reset: false });
    await virtual.pass(100);
  }
  assert.deepEqual(client.types(), ["ready", "error", "ack", "changes"]);
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

Deno.test("who has not signed in hears of nobody", async () => {
  const { virtual, bus, connect, connectLive } = setUp();
  const [stranger, member] = [connect(undefined), await connectLive(identity(1))];
  bus.publish([{ type: "user", user: user(2) }]);
  await virtual.pass(1_500);
  assert.deepEqual(stranger.frames, []);
  assert.deepEqual(member.types(), ["ready", "user"]);
});

Deno.test("whoever becomes a guest begins anew, with what guests may hear", async () => {
  const { bus, connectLive } = setUp();
  const client = await connectLive(identity(1));
  bus.publish([{ type: "user", user: { ...user(1), role: "guest" } }]);
  assert.equal(client.closed, 1012);
});

Deno.test("presence is right after two people came back within a moment", async () => {
  const { virtual, connectLive } = setUp();
  const first = [await connectLive(identity(1)), await connectLive(identity(2))];
  await virtual.pass(1_500);
  for (const client of first) client.handlers.closed();
  const [one, two] = [await connectLive(identity(1)), await connectLive(identity(2))];
  await virtual.pass(1_500);
  for (const [client, other] of [[one, "2"], [two, "1"]] as const) {
    let status = "offline";
    for (const event of client.frames.flat()) {
      const told = (event.presence ?? event.users) as Record<string, string> | undefined;
      if (event.type !== "room") status = told?.[other] ?? status;
    }
    assert.equal(status, "online");
  }
});

Deno.test("ready tells who is here, and small events behind it where that is many", async () => {
  const { virtual, connectLive } = setUp();
  for (let id = 1; id <= 250; id++) await connectLive(identity(id));
  await virtual.pass(5_000);
  const last = await connectLive(identity(251));
  const [ready, ...others] = last.frames.flat();
  const here = { ...ready!.presence as object, ...others[0]!.users as object };
  assert.deepEqual(others.map(({ type }) => type), ["presence"]);
  assert.equal(Object.keys(here).length, 251);
  assert.deepEqual(new Set(Object.values(here)), new Set(["online"]));
});

Deno.test("a session that has expired ends its socket", async () => {
  const { virtual, time, connectLive } = setUp();
  const client = await connectLive(identity(1));
  time.now = 1_000_000;
  await virtual.pass(5_000);
  assert.equal(client.closed, 4401);
});

Deno.test("syncs of one client wait for each other, and too many are refused", async () => {
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(identity(1));
  for (let i = 0; i < 20; i++) {
    client.handlers.received(JSON.stringify({ type: "sync", rooms: { "1": i } }));
  }
  await virtual.pass(100);
  assert.equal(pages.length, 1, "the second waits for the answer to the first");
  const refused = client.events().filter(({ code }) => code === "rate_limited");
  assert.equal(refused.length, 0, "held, as everything is until the answer");
  for (let answered = 0; answered < 16; answered++) {
    pages[answered]!.resolve({ messages: [], head: 0, more: false, reset: false });
    await virtual.pass(100);
  }
  assert.equal(client.types().filter((type) => type === "changes").length, 16);
  assert.equal(client.types().filter((type) => type === "error").length, 4);
});

Deno.test("a long answer goes out in pieces, each when the one before was read", async () => {
  const rooms = [room(1, 9), room(2, 9), room(3, 9)];
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(identity(1), rooms);
  client.handlers.received('{"type":"sync","rooms":{"1":0,"2":0,"3":0}}');
  const long = message(1, 1) as Extract<Notice, { type: "message" }>;
  const messages = [{ ...long.message, text: "x".repeat(300_000) }];
  client.buffered = 300_000;
  for (const expected of [1, 1]) {
    await virtual.pass(100);
    assert.equal(pages.length, expected, "the client has not read the first piece");
    pages[0]!.resolve({ messages, head: 1, more: false, reset: false });
  }
  client.buffered = 0;
  await virtual.pass(100);
  assert.equal(pages.length, 2);
  pages[1]!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  pages[2]!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  assert.equal(client.types().filter((type) => type === "changes").length, 3);
  assert.equal(client.closed, null);
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

Deno.test("a client that does not read is dropped with 1013, the others go on", async () => {
  const { virtual, bus, connectLive } = setUp();
  const [slow, quick] = [await connectLive(identity(1)), await connectLive(identity(2))];
  slow.reads = false;
  const text = "x".repeat(100_000);
  for (let rev = 1; rev <= 12; rev++) {
    const long = { ...modelMessage(rev, { room: 1 }), text };
    const unread = slow.buffered;
    bus.publish([{ type: "message", room: 1, rev, message: long }]);
    await virtual.pass(100);
    assert.equal(slow.closed, unread <= 1 << 20 ? null : 1013, `after ${rev} messages`);
  }
  assert.equal(slow.closed, 1013);
  assert.equal(quick.closed, null);
  assert.equal(revs(quick.events()).length, 12);
});

Deno.test("twenty bad frames in a minute close the connection with 4400", async () => {
  const { virtual, connectLive } = setUp();
  const client = await connectLive(identity(1));
  for (let i = 0; i < 19; i++) client.handlers.received("{");
  await virtual.pass(100);
  assert.equal(client.closed, null);
  assert.equal(client.types().filter((type) => type === "error").length, 19);
  client.handlers.received("{");
  assert.equal(client.closed, 4400);
});

Deno.test("connections beyond the caps are closed with 4429", async () => {
  const { connectLive, connect } = setUp({ perUser: 1, perAddress: 2, frameRate: 0 });
  const first = await connectLive(identity(1));
  const refused = connect(identity(1));
  assert.equal(refused.closed, 4429, "one more of the same user");
  const early = connect(undefined);
  assert.equal(early.closed, 4429, "the first counts until its socket has really ended");
  for (const { handlers } of [refused, early]) handlers.closed();
  const second = await connectLive(identity(2));
  assert.equal(connect(undefined).closed, 4429, "one more from the same address");
  assert.deepEqual([first.closed, second.closed], [null, null]);
});

Deno.test("a flood of frames is closed with 4429", async () => {
  const { connectLive } = setUp({ perUser: 0, perAddress: 0, frameRate: 5 });
  const client = await connectLive(identity(1));
  for (let i = 0; i < 50; i++) client.handlers.received('{"type":"pong"}');
  assert.equal(client.closed, 4429);
});

Deno.test("at the end everyone is told bye, gets what waits, and is closed with 1012", async () => {
  const { bus, hub, connectLive } = setUp();
  const client = await connectLive(identity(1));
  bus.publish([message(1, 1)]);
  hub.close("shutdown", 500);
  assert.deepEqual(client.types(), ["ready", "bye", "message"]);
  assert.equal(client.closed, 1012);
});

Deno.test("asked for a sign of life, who gives one is no suspect; a suspect is cut off at once", async () => {
  const { virtual, hub, connectLive } = setUp();
  const awake = await connectLive(identity(1));
  const asleep = await connectLive(identity(2));
  hub.challenge();
  await virtual.pass(10);
  assert.equal(awake.types().at(-1), "ping");
  awake.handlers.received('{"type":"pong"}');
  const suspects = hub.suspects();
  assert.deepEqual(suspects.map((suspect) => suspect.identity?.sessionId), [2]);
  suspects[0]!.cut();
  assert.equal(asleep.cut, true);
  assert.equal(awake.cut, false);
  assert.equal(hub.size, 1);
  assert.deepEqual(hub.suspects(), []);
});

Deno.test("a client that is told to close and does not is cut off; one that does is not", async () => {
  const { virtual, connect } = setUp();
  const [stubborn, willing] = [connect(null), connect(null)];
  assert.deepEqual([stubborn.closed, willing.closed], [4401, 4401]);
  willing.handlers.closed();
  await virtual.pass(10_000);
  assert.equal(stubborn.cut, true);
  assert.equal(willing.cut, false);
});

Deno.test("after the goodbye, what is not closed can be cut off", async () => {
  const { hub, connectLive } = setUp();
  const client = await connectLive(identity(1));
  hub.close("shutdown", 500);
  assert.equal(client.closed, 1012);
  hub.cutOff();
  assert.equal(client.cut, true);
});
