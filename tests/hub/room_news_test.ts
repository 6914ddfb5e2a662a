/** A room's state is never told behind what is newer than it. */
import assert from "node:assert/strict";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import { caller, message, room, type RoomRead, seenBy, setUp } from "./hub_fixture.ts";

/** Rooms are read when the test says so. */
function readingSlowly() {
  const reads: (RoomRead & { answer(): void })[] = [];
  const hub = setUp(undefined, {
    readRoom(asked) {
      const { promise, resolve } = Promise.withResolvers<{ userId: number; room: MemberRoom }[]>();
      reads.push({ ...asked, answer: () => resolve(seenBy(asked)) });
      return promise;
    },
  });
  const answerNext = async () => {
    reads.shift()!.answer();
    await hub.virtual.pass(100);
  };
  return { ...hub, reads, answerNext };
}

const heads = (events: { type: string; rev?: unknown; room?: unknown }[]) =>
  events.slice(1).map(({ type, rev, room }) => [type, rev ?? (room as MemberRoom).head]);

Deno.test("a room that was read before a message is read again behind it", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  const client = await connectLive(caller(1));
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  bus.publish([message(1, 1)]);
  await answerNext();
  assert.deepEqual(heads(client.events()), [["message", 1]]);
  await answerNext();
  assert.deepEqual(heads(client.events()), [["message", 1], ["room", 1]]);
  assert.equal(reads.length, 0);
});

Deno.test("it is read again for whom something else was told, and for nobody else", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  const [first, second] = [await connectLive(caller(1)), await connectLive(caller(2))];
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  bus.publish([{ type: "read", userId: 1, room: 1, seq: 0 }, message(2, 1)]);
  await answerNext();
  assert.deepEqual(first.types(), ["ready", "read"]);
  assert.deepEqual(second.types(), ["ready", "room"]);
  assert.deepEqual(reads.map(({ userIds }) => userIds), [[1]]);
  await answerNext();
  assert.deepEqual(first.types(), ["ready", "read", "room"]);
  assert.deepEqual(second.types(), ["ready", "room"]);
});

Deno.test("changes that come while it is read share the next read", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  const client = await connectLive(caller(1));
  for (let change = 0; change < 5; change++) {
    bus.publish([{ type: "room", room: 1 }]);
    await virtual.pass(0);
  }
  assert.equal(reads.length, 1);
  await answerNext();
  assert.deepEqual(
    [client.types(), reads.length],
    [["ready"], 1],
    "what it was before is not told",
  );
  await answerNext();
  assert.deepEqual([client.types(), reads.length], [["ready", "room"], 0]);
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  await answerNext();
  assert.deepEqual(client.types(), ["ready", "room", "room"]);
});

Deno.test("a room in which something is said at every read is told all the same", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  const client = await connectLive(caller(1));
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  let rev = 0;
  while (reads.length > 0) {
    assert.ok(rev < 20);
    bus.publish([message(1, ++rev)]);
    await answerNext();
  }
  assert.equal(client.types().filter((type) => type === "room").length, 1);
});

Deno.test("who is removed while a room is read is told nothing of it", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  const client = await connectLive(caller(1));
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  bus.publish([{ type: "left", userId: 1, room: 1, access: 0 }]);
  await answerNext();
  while (reads.length > 0) await answerNext();
  assert.deepEqual(client.types(), ["ready", "left"]);
});

Deno.test("a room that comes back into the list while it is read is not told as it was before", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  const client = await connectLive(caller(1));
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  bus.publish([{ type: "joined", userId: 1, room: { ...room(1, 0), name: "shown" }, access: 0 }]);
  await answerNext();
  assert.deepEqual([client.types(), reads.length], [["ready", "room"], 1]);
  await answerNext();
  assert.deepEqual(client.types(), ["ready", "room", "room"]);
});

Deno.test("a room of many is read for a hundred people at a time", async () => {
  const { virtual, bus, reads, answerNext, connectLive } = readingSlowly();
  for (let id = 1; id <= 230; id++) await connectLive(caller(id), [room(1, 0)]);
  bus.publish([{ type: "room", room: 1 }]);
  await virtual.pass(0);
  const asked: number[] = [];
  while (reads.length > 0) {
    asked.push(reads[0]!.userIds.length);
    await answerNext();
  }
  assert.deepEqual(asked, [100, 100, 30]);
});
