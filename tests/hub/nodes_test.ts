/** Several hubs over one bus and the same leases: what their clients see of each other. */
import assert from "node:assert/strict";
import type { Notice } from "../../lib/chat/notice.ts";
import { createMemoryLeases, type SharedMemory } from "../support/memory_leases.ts";
import { listText, toJsonText } from "../../lib/protocol/json_text.ts";
import { CLOSE } from "../../lib/protocol/codes.ts";
import { Network } from "../support/network_bus.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";
import { caller, room, setUp, snapshot } from "./hub_fixture.ts";

function setUpNodes(perUser = 0) {
  const virtual = new VirtualLoop();
  const network = new Network<Notice>(virtual.loop);
  const memory: SharedMemory = new Map();
  const join = (node: string) => {
    const leases = createMemoryLeases({ node, memory, now: virtual.loop.now });
    const around = { virtual, bus: network.join(), sharing: { node, leases } };
    return setUp({ perUser, perAddress: 0, frameRate: 0 }, around);
  };
  return { virtual, network, a: join("a"), b: join("b"), join };
}

type Client = ReturnType<ReturnType<typeof setUp>["connect"]>;

/** What a client was told of these people since it was last asked, the latest of each. */
function presence(client: Client): Record<string, string> {
  const events = client.frames.splice(0).flat();
  return Object.assign({}, ...events.map(({ users, presence }) => presence ?? users ?? {}));
}

Deno.test("ready tells who is on another node, and events who comes and goes there", async () => {
  const { virtual, a, b } = setUpNodes();
  const ann = await a.connectLive(caller(1));
  await virtual.pass(300);
  const bob = await b.connectLive(caller(2));
  assert.deepEqual(presence(bob), { 1: "online", 2: "online" });
  await virtual.pass(2_000);
  assert.equal(presence(ann)["2"], "online");
  assert.deepEqual(a.hub.presenceOf([{ id: 2 }, { id: 3 }]), { 2: "online" });
  bob.handlers.received(JSON.stringify({ type: "status", status: "away" }));
  await virtual.pass(2_000);
  assert.deepEqual(presence(ann), { 2: "away" });
  bob.handlers.closed();
  await virtual.pass(2_000);
  assert.deepEqual(presence(ann), { 2: "offline" });
  assert.deepEqual(a.hub.presenceOf([{ id: 2 }]), {});
});

Deno.test("a guest hears of those it may see, on whichever node, and of nobody else", async () => {
  const { virtual, a, b } = setUpNodes();
  const who = caller(9);
  const guest = a.connect({ ...who, user: { ...who.user, role: "guest" } });
  await virtual.pass(0);
  const users = [1, 9].map((id) => caller(id).user);
  a.answers.pop()!.resolve({
    ...snapshot({ ...who.user, role: "guest" }, [room(1, 0)]),
    users: listText(users.map(toJsonText)),
    userIds: [1, 9],
  });
  await virtual.pass(10);
  presence(guest);
  await b.connectLive(caller(1));
  await b.connectLive(caller(2));
  await virtual.pass(2_000);
  assert.deepEqual(presence(guest), { 1: "online", 9: "online" });
  assert.equal(a.hub.introduce(9, [{ id: 2 }]), true);
  await virtual.pass(10);
  assert.deepEqual(presence(guest), { 2: "online" });
});

Deno.test("a user's connections are counted over all nodes, and one too many is refused", async () => {
  const { virtual, a, b } = setUpNodes(2);
  const first = await a.connectLive(caller(1));
  await a.connectLive(caller(1));
  await virtual.pass(300);
  const third = b.connect(caller(1));
  await virtual.pass(10);
  assert.equal(third.closed, CLOSE.tooMany);
  third.handlers.closed();
  const other = await b.connectLive(caller(2));
  assert.equal(other.closed, null);
  first.handlers.closed();
  await virtual.pass(300);
  const again = await b.connectLive(caller(1));
  assert.equal(again.closed, null);
});

Deno.test("a node's people may all come to another at once when it ends", async () => {
  const { virtual, a, b } = setUpNodes(1);
  const ann = await a.connectLive(caller(1));
  const watching = await b.connectLive(caller(2));
  await virtual.pass(2_000);
  presence(watching);
  const end = a.hub.close("shutdown", 500);
  ann.handlers.closed();
  await virtual.pass(700);
  await end;
  const again = await b.connectLive(caller(1));
  assert.equal(again.closed, null);
  await virtual.pass(20_000);
  assert.deepEqual(presence(watching), {}, "nobody has moved");
});

Deno.test("who types on one node is seen to type on the others", async () => {
  const { virtual, a, b } = setUpNodes();
  await a.connectLive(caller(1));
  const bob = await b.connectLive(caller(2));
  bob.frames.splice(0);
  a.bus.publish([{ type: "typing", room: 1, userId: 1 }]);
  await virtual.pass(50);
  assert.deepEqual(bob.events(), [{ type: "typing", room: 1, userId: 1 }]);
});
