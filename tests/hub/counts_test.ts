/** What the hub counts while it works. */
import assert from "node:assert/strict";
import { newHubCounts } from "../../lib/metrics/counts.ts";
import { caller, message, room, setUp } from "./hub_fixture.ts";

const send = (clientId = "a-client-id-of-16") =>
  JSON.stringify({ type: "send", ref: "1", room: 1, clientId, text: "hello" });

Deno.test("a message counts once, a delivery for each connection in its room", async () => {
  const counts = newHubCounts();
  const { bus, connectLive, virtual } = setUp(undefined, { counts });
  for (const id of [1, 2, 3]) await connectLive(caller(id));
  await connectLive(caller(4), [room(2, 0)]);
  const before = counts.frames;
  bus.publish([message(1, 1), message(1, 2)]);
  await virtual.pass(100);
  assert.deepEqual([counts.messages, counts.deliveries], [2, 6]);
  assert.equal(counts.frames - before, 3, "two messages share a frame");
  assert.equal(counts.opened, 4);
});

Deno.test("a send is timed to its ack and to the screens; one that was sent before is not", async () => {
  const counts = newHubCounts();
  const { bus, answers, connectLive, virtual } = setUp(undefined, { counts });
  const ann = await connectLive(caller(1));
  ann.handlers.received(send());
  await virtual.pass(30);
  bus.publish([message(1, 1)]);
  const stored = { id: 1, room: 1, seq: 1, rev: 1, ts: 0 };
  answers.pop()!.resolve({ message: stored, duplicate: false });
  await virtual.pass(100);
  assert.deepEqual(ann.types().slice(-2), ["ack", "message"]);
  for (const spread of [counts.ack, counts.firstScreen, counts.lastScreen]) {
    assert.equal(spread.count, 1);
    assert.ok(spread.sum >= 30 && spread.sum < 60, String(spread.sum));
  }
  ann.handlers.received(send());
  await virtual.pass(1);
  answers.pop()!.resolve({ message: stored, duplicate: true });
  await virtual.pass(100);
  assert.deepEqual([counts.ack.count, counts.lastScreen.count], [1, 1]);
  assert.equal(counts.received.get("send"), 2);
});

Deno.test("refusals count by code, frames that are none as invalid, dropped connections by close code", async () => {
  const counts = newHubCounts();
  const { connectLive, virtual, hub } = setUp(undefined, { counts });
  const ann = await connectLive(caller(1));
  ann.handlers.received("not json");
  ann.handlers.received(JSON.stringify({ type: "dance" }));
  await virtual.pass(10);
  assert.equal(counts.received.get("invalid"), 2);
  assert.equal(counts.errors.get("bad_request"), 2);
  assert.deepEqual(hub.reading(), {
    connections: { anonymous: 0, loading: 0, live: 1, closing: 0 },
    users: 1,
    rooms: 1,
    nodes: null,
  });
  ann.handlers.received("x".repeat(70_000));
  assert.equal(counts.dropped.get("1009"), 1);
  assert.deepEqual(hub.reading().connections, {
    anonymous: 0,
    loading: 0,
    live: 0,
    closing: 1,
  });
  ann.handlers.closed();
  assert.equal(hub.reading().connections.closing, 0);
});

Deno.test("who has gone is in none of their rooms any more, and who stays is", async () => {
  const { connectLive, hub } = setUp();
  const ann = await connectLive(caller(1), [room(1, 0), room(2, 0), room(3, 0)]);
  const ben = await connectLive(caller(2), [room(1, 0), room(2, 0)]);
  assert.equal(hub.reading().rooms, 3);
  ann.handlers.closed();
  assert.deepEqual([hub.reading().users, hub.reading().rooms], [1, 2]);
  ben.handlers.closed();
  assert.deepEqual([hub.reading().users, hub.reading().rooms], [0, 0]);
});

Deno.test("how long events waited is measured for each frame, also when they wait for an answer", async () => {
  const counts = newHubCounts();
  const { bus, pages, connectLive, virtual } = setUp(undefined, { counts });
  const ann = await connectLive(caller(1));
  const before = counts.frameDelay.count;
  ann.handlers.received(JSON.stringify({ type: "sync", ref: "s", rooms: { 1: 0 } }));
  bus.publish([message(1, 1)]);
  await virtual.pass(200);
  assert.equal(counts.frameDelay.count, before, "held");
  pages.pop()!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  assert.equal(counts.frameDelay.count, before + 1);
  assert.ok(counts.frameDelay.sum >= 200, String(counts.frameDelay.sum));
  assert.deepEqual([counts.syncRequests, counts.syncRooms], [1, 1]);
});
