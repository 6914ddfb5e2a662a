import assert from "node:assert/strict";
import type { Notice } from "../../../lib/chat/notice.ts";
import { Presence } from "../../../lib/hub/people/presence.ts";
import { PresenceSharing } from "../../../lib/hub/people/presence_sharing.ts";
import { Connection } from "../../../lib/hub/sockets/connection.ts";
import { createMemoryLeases, type SharedMemory } from "../../support/memory_leases.ts";
import type { Leases } from "../../../lib/leases/leases.ts";
import { Network } from "../../support/network_bus.ts";
import { createRandom } from "../../support/random.ts";
import { ticks } from "../../support/ticks.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";

const strict = { sanitizeOps: true, sanitizeResources: true };

function setUp() {
  const virtual = new VirtualLoop();
  const network = new Network<Notice>(virtual.loop);
  const memory: SharedMemory = new Map();
  const logged: string[] = [];
  let names = 0;

  function join({ frozen = false } = {}) {
    const node = `node ${++names}`;
    const state = { frozen, down: false, reads: 0, texts: 0 };
    const kept = createMemoryLeases({ node, memory, now: virtual.loop.now });
    const ask = <Answer>(answer: () => Promise<Answer>) =>
      state.down ? Promise.reject(new Error("away")) : answer();
    const leases: Leases = {
      renew: (...lease) => ask(() => kept.renew(...lease)),
      release: () => ask(() => kept.release()),
      async read(known) {
        const found = await ask(() => kept.read(known));
        state.reads += 1;
        state.texts += found.filter(({ text }) => text !== null).length;
        return found;
      },
    };
    const bus = network.join();
    const presence = new Presence({ shared: true });
    // A process that is killed or stopped does nothing any more: its timers find it frozen.
    const loop = {
      ...virtual.loop,
      every: (ms: number, task: () => void) => virtual.loop.every(ms, () => state.frozen || task()),
    };
    const log = (message: string) => void logged.push(message);
    const sharing = new PresenceSharing({ node, leases, presence, bus, loop, log });
    const freeze = () => {
      state.frozen = true;
      bus.cutOff();
    };
    const thaw = () => {
      state.frozen = false;
      bus.comeBack();
    };
    return { node, bus, presence, sharing, state, freeze, thaw };
  }
  return { virtual, network, memory, logged, join };
}

function connection(status: "online" | "away" = "online"): Connection {
  const socket = { send() {}, close() {}, cut() {}, buffered: 0, stuck: false };
  const place = { address: "192.0.2.1", network: "192.0.2.1" };
  const made = new Connection(place, socket, () => {}, ticks(0));
  made.status = status;
  return made;
}

/** In the order of the ids. */
const all = (presence: Presence) =>
  Object.fromEntries(presence.all().toSorted(([a], [b]) => a - b));

Deno.test("who is online on any node is online, away only where away on all", strict, async () => {
  const { virtual, join } = setUp();
  const [a, b] = [join(), join()];
  const [front, back] = [connection(), connection("away")];
  a.presence.add(7, back);
  await virtual.pass(300);
  assert.equal(b.presence.statusOf(7), "away");
  b.presence.add(7, front);
  await virtual.pass(300);
  assert.equal(a.presence.statusOf(7), "online");
  assert.equal(a.presence.countConnections(7), 2);
  b.presence.remove(7, front);
  await virtual.pass(300);
  assert.equal(a.presence.statusOf(7), "away");
  a.presence.remove(7, back);
  await virtual.pass(300);
  for (const { presence } of [a, b]) {
    assert.equal(presence.statusOf(7), "offline");
    assert.equal(presence.size, 0);
  }
});

Deno.test("who moves on another node is told of here; who is here as well is not", async () => {
  const { virtual, join } = setUp();
  const [a, b] = [join(), join()];
  const [here, there] = [connection(), connection()];
  a.presence.add(1, here);
  b.presence.add(1, there);
  b.presence.add(2, there);
  await virtual.pass(300);
  assert.deepEqual(a.presence.takeChanges(), [[1, "online"], [2, "online"]]);
  b.presence.remove(1, there);
  b.presence.remove(2, there);
  await virtual.pass(300);
  assert.deepEqual(a.presence.takeChanges(), [[2, "offline"]]);
});

Deno.test("a node that starts learns everybody", async () => {
  const { virtual, join } = setUp();
  const a = join();
  for (let id = 1; id <= 1_000; id++) a.presence.add(id, connection(id % 2 ? "online" : "away"));
  await virtual.pass(15_100);
  const b = join();
  await virtual.pass(1);
  assert.deepEqual(all(b.presence), all(a.presence));
  assert.equal(b.presence.size, 1_000);
});

Deno.test("a node that ends in order shows nobody offline who comes back elsewhere", async () => {
  const { virtual, memory, join } = setUp();
  const [a, b, c] = [join(), join(), join()];
  const [staying, moving] = [connection(), connection()];
  a.presence.add(1, staying);
  a.presence.add(2, moving);
  await virtual.pass(300);
  for (const { presence } of [b, c]) presence.takeChanges();
  const end = a.sharing.close();
  a.presence.remove(1, staying);
  a.presence.remove(2, moving);
  await virtual.pass(600);
  await end;
  assert.equal(memory.has(a.node), false, "its lease is gone");
  assert.equal(b.presence.statusOf(1), "online");
  assert.equal(b.presence.countConnections(1), 0, "what is no more counts no more");
  b.presence.add(2, connection());
  await virtual.pass(8_000);
  assert.deepEqual(b.presence.takeChanges(), [], "a deployment makes no news of thousands");
  await virtual.pass(5_000);
  for (const { presence } of [b, c]) {
    assert.deepEqual(all(presence), { 2: "online" });
    assert.deepEqual(presence.takeChanges(), [[1, "offline"]]);
  }
});

Deno.test("the people of a node that is killed go offline when its lease ends", async () => {
  const { virtual, join } = setUp();
  const [a, b] = [join(), join()];
  a.presence.add(1, connection());
  await virtual.pass(300);
  a.freeze();
  await virtual.pass(29_000);
  assert.equal(b.presence.statusOf(1), "online");
  await virtual.pass(26_000);
  assert.equal(b.presence.statusOf(1), "offline");
  assert.equal(b.presence.countConnections(1), 0);
});

Deno.test("connections on a node that says nothing count no more, and again when it goes on", async () => {
  const { virtual, join } = setUp();
  const [a, b] = [join(), join()];
  a.presence.add(1, connection());
  await virtual.pass(60_000);
  assert.equal(b.presence.countConnections(1), 1, "it says that it is there");
  a.freeze();
  await virtual.pass(20_000);
  assert.equal(b.presence.statusOf(1), "online");
  assert.equal(b.presence.countConnections(1), 0);
  a.thaw();
  await virtual.pass(5_100);
  assert.equal(b.presence.countConnections(1), 1);
});

Deno.test("a node that says it is there, and has been missed before, is read as a whole", async () => {
  const { virtual, network, join } = setUp();
  const [a, b] = [join(), join()];
  await virtual.pass(1_000);
  network.loses = () => true;
  a.presence.add(1, connection());
  await virtual.pass(300);
  network.loses = () => false;
  await virtual.pass(5_000);
  assert.equal(b.presence.statusOf(1), "offline");
  await virtual.pass(15_000);
  assert.equal(b.presence.statusOf(1), "online");
});

Deno.test("a node that stood still for long is known again as soon as it goes on", async () => {
  const { virtual, join } = setUp();
  const [a, b] = [join(), join()];
  const one = connection();
  a.presence.add(1, one);
  a.presence.add(2, connection());
  b.presence.add(3, connection());
  await virtual.pass(300);
  a.freeze();
  await virtual.pass(70_000);
  assert.deepEqual(all(b.presence), { 3: "online" });
  a.presence.remove(1, one);
  a.thaw();
  await virtual.pass(5_100);
  assert.deepEqual(all(b.presence), { 2: "online", 3: "online" });
  assert.deepEqual(all(a.presence), { 2: "online", 3: "online" });
});

Deno.test("what is lost on the way is corrected within twenty seconds, and the lists are read only then", async () => {
  const { virtual, network, join } = setUp();
  const [a, b] = [join(), join()];
  a.presence.add(1, connection());
  await virtual.pass(20_000);
  assert.equal(b.state.texts, 0, "nothing was lost, nothing is read");
  network.loses = () => true;
  const two = connection();
  a.presence.add(2, two);
  await virtual.pass(300);
  network.loses = () => false;
  a.presence.add(3, connection());
  await virtual.pass(300);
  assert.deepEqual(all(b.presence), { 1: "online", 3: "online" });
  await virtual.pass(20_000);
  assert.deepEqual(all(b.presence), all(a.presence));
  const read = b.state.texts;
  a.presence.remove(2, two);
  await virtual.pass(40_000);
  assert.deepEqual(all(b.presence), all(a.presence));
  assert.equal(b.state.texts, read);
});

Deno.test("after a restart of what keeps the leases nobody is offline for a moment", async () => {
  const { virtual, memory, join } = setUp();
  const nodes = [join(), join(), join()];
  nodes.forEach(({ presence }, index) => presence.add(index + 1, connection()));
  await virtual.pass(20_000);
  for (const { presence } of nodes) presence.takeChanges();
  for (let i = 0; i < 20; i++) {
    memory.clear();
    await virtual.pass(3_700);
  }
  await virtual.pass(60_000);
  for (const { presence } of nodes) {
    assert.equal(presence.size, 3);
    assert.deepEqual(presence.takeChanges(), []);
  }
});

Deno.test("while the leases cannot be read everybody stays as they are, and it is logged once", async () => {
  const { virtual, logged, join } = setUp();
  const [a, b] = [join(), join()];
  a.presence.add(1, connection());
  await virtual.pass(300);
  for (const { state, bus } of [a, b]) {
    state.down = true;
    bus.cutOff();
  }
  await virtual.pass(300_000);
  assert.equal(b.presence.statusOf(1), "online");
  assert.equal(logged.length, 2);
  const two = connection();
  a.presence.add(2, two);
  for (const { state, bus } of [a, b]) {
    state.down = false;
    bus.comeBack();
  }
  await virtual.pass(5_100);
  assert.deepEqual(all(b.presence), { 1: "online", 2: "online" });
});

Deno.test("where the leases come back after the bus, the list is told with the next look", async () => {
  const { virtual, join } = setUp();
  const [a, b] = [join(), join()];
  await virtual.pass(15_100); // both have just renewed theirs
  a.bus.cutOff();
  a.presence.add(7, connection());
  await virtual.pass(300);
  a.state.down = true;
  a.bus.comeBack();
  await virtual.pass(100);
  a.state.down = false;
  await virtual.pass(9_900);
  assert.equal(b.presence.statusOf(7), "online");
});

Deno.test("a lease that this version cannot read hides no other node's people", async () => {
  const { virtual, memory, logged, join } = setUp();
  for (const text of ["{", '{"1":2}', '["1",null]']) {
    memory.set(`stranger ${text}`, { version: 9, text, until: Infinity });
  }
  const a = join();
  a.presence.add(1, connection());
  await virtual.pass(16_000);
  const b = join();
  await virtual.pass(1);
  assert.deepEqual(all(b.presence), { 1: "online" });
  assert.deepEqual(logged, []);
});

Deno.test("thousands who come at once are told in signals that fit one NOTIFY", async () => {
  const { virtual, network, join } = setUp();
  const [a, b] = [join(), join()];
  for (let id = 1; id <= 5_000; id++) a.presence.add(9_007_199_000 + id, connection("away"));
  await virtual.pass(300);
  assert.ok(network.sent.length < 20);
  for (const notice of network.sent) {
    assert.ok(new TextEncoder().encode(JSON.stringify([notice])).length < 7_900);
  }
  assert.equal(b.presence.size, 5_000);
  assert.deepEqual(all(b.presence), all(a.presence));
});

Deno.test("whatever is lost, late, cut off, killed or started anew: in the end all nodes agree", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { virtual, network, memory, join } = setUp();
    const random = createRandom(seed);
    const chance = (of: number) => random.below(of) === 0;
    network.loses = () => chance(4);
    const nodes = new Set([join(), join(), join()]);
    const open = new Map<ReturnType<typeof join>, [number, Connection][]>();
    const someone = () => 1 + random.below(40);
    for (let step = 0; step < 300; step++) {
      network.delay = random.next() * 400;
      for (const node of nodes) {
        const here = open.get(node) ?? [];
        open.set(node, here);
        if (chance(2)) {
          const [id, made] = [someone(), connection(chance(2) ? "away" : "online")];
          here.push([id, made]);
          node.presence.add(id, made);
        }
        if (chance(2) && here.length > 0) {
          const [gone] = here.splice(random.below(here.length), 1);
          node.presence.remove(...gone!);
        }
        if (chance(60)) {
          node.bus.cutOff();
          virtual.loop.after(
            random.next() * 30_000,
            () => node.state.frozen || node.bus.comeBack(),
          );
        }
      }
      if (chance(50)) memory.clear();
      const [first] = nodes;
      if (chance(60)) {
        nodes.delete(first!);
        if (chance(2)) first!.freeze();
        else void first!.sharing.close();
        nodes.add(join());
      }
      await virtual.pass(random.next() * 1_000);
    }
    network.loses = () => false;
    await virtual.pass(120_000);
    const expected = new Map<number, string>();
    const counts = new Map<number, number>();
    for (const node of nodes) {
      for (const [id, { status }] of open.get(node) ?? []) {
        if (expected.get(id) !== "online") expected.set(id, status);
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    for (const { presence } of nodes) {
      assert.deepEqual(new Map(presence.all()), expected, `seed ${seed}`);
      for (let id = 0; id <= 41; id++) {
        assert.equal(presence.statusOf(id), expected.get(id) ?? "offline", `seed ${seed}, ${id}`);
        assert.equal(presence.countConnections(id), counts.get(id) ?? 0, `seed ${seed}, ${id}`);
      }
      assert.equal(presence.size, expected.size, `seed ${seed}`);
    }
  }
});

Deno.test("a lease that no node wrote keeps nobody from the others", strict, async () => {
  const { virtual, memory, join } = setUp();
  for (const [name, text] of Object.entries({ x: "{", y: "null", z: '[7,"1"]' })) {
    memory.set(name, { version: 1, text, until: Infinity });
  }
  const a = join();
  a.presence.add(7, connection());
  await virtual.pass(60_000);
  const late = join(); // learns of user 7 by a lease alone
  await virtual.pass(60_000);
  for (const { presence } of [a, late]) assert.deepEqual(all(presence), { 7: "online" });
  await Promise.all([a, late].map(({ sharing }) => sharing.close()));
});
