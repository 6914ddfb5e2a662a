/** A hub that is one of several: what it does with what the others say, and with what they do not. */
import assert from "node:assert/strict";
import { Tail } from "../../../lib/bus/tail.ts";
import type { DurableChange, Notice } from "../../../lib/chat/notice.ts";
import { joinNodes } from "../../../lib/hub/nodes/join.ts";
import type { RoomHead } from "../../../lib/hub/nodes/served.ts";
import { Network } from "../../support/network_bus.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";
import { caller, message, revs, room, setUp, snapshot, user } from "../hub_fixture.ts";

/** A hub, the bus of another node, and a database whose answers the test holds in its hands. */
function setUpNode() {
  const virtual = new VirtualLoop();
  const network = new Network<Notice>(virtual.loop);
  network.delay = 1;
  const events: DurableChange[] = [];
  const state = {
    lost: false,
    hold: null as Promise<void> | null,
    moved: [] as RoomHead[],
    looks: 0,
  };
  const bus = network.join();
  const tail = new Tail<DurableChange>({
    async read(mark) {
      state.looks += 1;
      const seen = events.length;
      await state.hold;
      const rows = events.slice(Number(mark ?? seen), seen)
        .map((change, id) => ({ id, body: JSON.stringify(change) }));
      return { mark: String(seen), rows, lost: state.lost };
    },
    wake: () => bus.publish([{ type: "events" }]),
    every: virtual.loop.every,
    log: (text, error) => assert.fail(`${text}: ${error}`),
  });
  const moved = () => Promise.resolve(state.moved.splice(0));
  const fixture = setUp(undefined, {
    virtual,
    bus,
    joinNodes: joinNodes({ tail, moved, random: () => 0.5 }),
  });
  /** Looks stand still until the returned function is called. */
  function holdLooks(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    state.hold = promise;
    return () => {
      state.hold = null;
      resolve();
    };
  }
  return { ...fixture, other: network.join(), events, state, holdLooks };
}

const stored = (rev: number) => (message(1, rev) as Extract<Notice, { type: "message" }>).message;

Deno.test("messages of another node come in the order of their revisions", async () => {
  const { virtual, other, connectLive } = setUpNode();
  const client = await connectLive(caller(1), [room(1, 10)]);
  other.publish([message(1, 12)]);
  await virtual.pass(20);
  assert.deepEqual(revs(client.events()), []);
  other.publish([message(1, 11)]);
  other.publish([message(1, 11), message(1, 9)]);
  await virtual.pass(20);
  assert.deepEqual(revs(client.events()), [11, 12]);
});

Deno.test("once another node has written events, nothing goes out until they are read", async () => {
  const { virtual, other, events, holdLooks, connectLive } = setUpNode();
  const [ann, ben] = [await connectLive(caller(1)), await connectLive(caller(2))];
  const letGo = holdLooks();
  events.push({ type: "revoked", userId: 2, sessions: "all", reason: "revoked" });
  other.publish([{ type: "events" }]);
  other.publish([message(1, 1), { type: "typing", room: 1, userId: 9 }]);
  await virtual.pass(50);
  assert.deepEqual([ann.types(), ben.types()], [["ready"], ["ready"]]);
  letGo();
  await virtual.pass(50);
  assert.deepEqual(ann.types(), ["ready", "message"], "typing was too late to be worth anything");
  assert.deepEqual([ben.types(), ben.closed], [["ready"], 4401]);
});

Deno.test("an answer to sync is not sent to somebody who was removed while it was read", async () => {
  const { virtual, other, events, pages, connectLive } = setUpNode();
  const client = await connectLive(caller(1), [room(1, 3)]);
  client.handlers.received(JSON.stringify({ type: "sync", ref: "s", rooms: { 1: 0 } }));
  await virtual.pass(1);
  events.push({ type: "left", userId: 1, room: 1, access: 1 });
  pages[0]!.resolve({ messages: [stored(4)], head: 4, more: false, reset: false });
  await virtual.pass(20);
  assert.deepEqual(client.types(), ["ready", "left", "ack"]);
  other.publish([message(1, 4)]);
  await virtual.pass(200);
  assert.deepEqual(revs(client.events()), []);
});

Deno.test("catching up on many rooms asks once what other nodes have written", async () => {
  const { virtual, events, pages, state, connectLive } = setUpNode();
  const ids = [1, 2, 3, 4, 5];
  const client = await connectLive(caller(1), ids.map((id) => room(id, 3)));
  const before = state.looks;
  const rooms = Object.fromEntries(ids.map((id) => [id, 0]));
  client.handlers.received(JSON.stringify({ type: "sync", ref: "s", rooms }));
  for (const id of ids) {
    await virtual.pass(1);
    if (id === 5) events.push({ type: "left", userId: 1, room: 2, access: 1 });
    pages[id - 1]!.resolve({ messages: [], head: 3, more: false, reset: false });
  }
  await virtual.pass(20);
  assert.equal(state.looks - before, 1);
  const answered = client.events().filter(({ type }) => type === "changes");
  assert.deepEqual(answered.map(({ room }) => room), [1, 3, 4, 5], "removed from room 2 meanwhile");
  assert.deepEqual(client.types().slice(0, 3), ["ready", "left", "ack"]);
});

Deno.test("what nobody has said is found by the sweep, and read", async () => {
  const { virtual, state, pages, connectLive } = setUpNode();
  const client = await connectLive(caller(1));
  state.moved = [[1, 2]];
  await virtual.pass(2_100);
  assert.equal(pages.length, 1);
  const messages = [stored(1), stored(2)];
  pages[0]!.resolve({ messages, head: 2, more: false, reset: false });
  await virtual.pass(20);
  assert.deepEqual(revs(client.events()), [1, 2]);
});

Deno.test("a message too long for the bus is read at once", async () => {
  const { virtual, other, pages, connectLive } = setUpNode();
  const client = await connectLive(caller(1));
  other.publish([{ type: "moved", room: 1, rev: 1, access: 0 }]);
  await virtual.pass(5);
  pages[0]!.resolve({ messages: [stored(1)], head: 1, more: false, reset: false });
  await virtual.pass(20);
  assert.deepEqual(revs(client.events()), [1]);
});

Deno.test("a node that missed events for good closes its connections, which come back", async () => {
  const { virtual, state, connectLive } = setUpNode();
  const client = await connectLive(caller(1));
  state.lost = true;
  await virtual.pass(2_100);
  assert.equal(client.closed, 1012);
});

Deno.test("who connects later than the others is sent what they were while it was loading", async () => {
  const { virtual, other, answers, connect, connectLive } = setUpNode();
  const early = await connectLive(caller(1), [room(1, 3)]);
  const late = connect(caller(2));
  await virtual.pass(1);
  other.publish([message(1, 4), message(1, 5)]);
  await virtual.pass(10);
  answers.pop()!.resolve(snapshot(user(2), [room(1, 4)]));
  await virtual.pass(10);
  other.publish([message(1, 6)]);
  await virtual.pass(20);
  assert.deepEqual(revs(early.events()), [4, 5, 6]);
  assert.deepEqual(revs(late.events()), [5, 6], "4 was in its snapshot");
});

Deno.test("what a late one's bus did not say is read for it alone", async () => {
  const { virtual, other, answers, pages, connect, connectLive } = setUpNode();
  const late = connect(caller(2));
  await virtual.pass(1);
  const early = await connectLive(caller(1), [room(1, 5)]);
  answers.pop()!.resolve(snapshot(user(2), [room(1, 4)]));
  await virtual.pass(10);
  pages[0]!.resolve({ messages: [stored(5)], head: 5, more: false, reset: false });
  await virtual.pass(10);
  other.publish([message(1, 6)]);
  await virtual.pass(20);
  assert.deepEqual(revs(early.events()), [6]);
  assert.deepEqual(revs(late.events()), [5, 6]);
});

Deno.test("who joins a room that nobody was in hears what was said since", async () => {
  const { virtual, other, events, state, pages, connectLive } = setUpNode();
  const client = await connectLive(caller(1), []);
  events.push({ type: "joined", userId: 1, room: room(1, 3), access: 2 });
  other.publish([message(1, 4), { type: "events" }]);
  state.moved = [[1, 4]];
  await virtual.pass(150);
  pages[0]!.resolve({ messages: [stored(4)], head: 4, more: false, reset: false });
  await virtual.pass(20);
  assert.deepEqual(client.types(), ["ready", "room", "message"]);
});
