import assert from "node:assert/strict";
import type { Caller } from "../../../lib/auth/caller.ts";
import { ANSWER_MS, guardMemory, LOOK_MS } from "../../../lib/hub/sockets/memory_guard.ts";
import { createLogger } from "../../../lib/program/log.ts";
import { VirtualLoop } from "../../support/virtual_loop.ts";

const MIB = 2 ** 20;
const LIMIT = 1024 * MIB;

interface Peer {
  /** Null: it has not signed in. */
  session: number | null;
  /** Bytes that the runtime keeps for it. */
  holds: number;
  silent: boolean;
}

/** A process whose memory is what it needs itself and what its peers make it keep. */
function setUp(own = 100 * MIB, mayLog?: "error") {
  const virtual = new VirtualLoop();
  const lines: string[] = [];
  const write = (line: string) => mayLog === undefined ? assert.fail(line) : void lines.push(line);
  const log = createLogger({ level: "error", now: () => 0, write });
  const world = {
    virtual,
    lines,
    own,
    peers: [] as Peer[],
    cut: [] as Peer[],
    asked: 0,
    revoked: [] as number[],
    restarts: 0,
    /** Bytes that unfinished bodies hold, and of the process's own what is in the heap. */
    bodies: 0,
    heap: 0,
    canCut: true,
    stop: () => {},
    peer(facts: Partial<Peer> = {}): Peer {
      const peer = { session: null, holds: 0, silent: true, ...facts };
      world.peers.push(peer);
      return peer;
    },
  };
  const rss = () => world.peers.reduce((sum, { holds }) => sum + holds, world.own + world.bodies);
  const cut = (peer: Peer) => {
    world.cut.push(peer);
    world.peers = world.peers.filter((each) => each !== peer);
  };
  world.stop = guardMemory({
    limit: () => LIMIT,
    memory: () => ({ rss: rss(), outsideHeap: rss() - world.heap }),
    endBodies() {
      const count = world.bodies === 0 ? 0 : 100;
      world.bodies = 0;
      return count;
    },
    get canCut() {
      return world.canCut;
    },
    hub: {
      challenge: () => void world.asked++,
      suspects: () =>
        world.peers.filter(({ silent }) => silent).map((peer) => ({
          caller: peer.session === null ? null : caller(peer.session),
          address: "192.0.2.1",
          cut: () => cut(peer),
        })),
    },
    revoke: ({ sessionId }) => void world.revoked.push(sessionId),
    restart: () => void world.restarts++,
    loop: virtual.loop,
    log,
  });
  return world;
}

function caller(sessionId: number): Caller {
  const user = {
    id: sessionId,
    username: "ann",
    displayName: "Ann",
    role: "member" as const,
    avatar: null,
    disabled: false,
    status: null,
    language: null,
    theme: "system" as const,
    showLocalTime: true,
  };
  return { user, sessionId, expiresAt: Infinity, way: "password", confirmedAt: 0 };
}

Deno.test("below three quarters of the limit nobody is asked, at three quarters everyone", async () => {
  const world = setUp(0.75 * LIMIT - 1);
  await world.virtual.pass(ANSWER_MS);
  assert.equal(world.asked, 0);
  world.own += 1;
  await world.virtual.pass(LOOK_MS);
  assert.equal(world.asked, 1);
});

Deno.test("who holds the memory loses its session; who only sleeps is cut off and keeps it", async () => {
  const world = setUp();
  world.peer({ session: 1 });
  world.peer({ session: 2, silent: false });
  world.peer({ session: 3, holds: 700 * MIB });
  world.peer({ session: 4 });
  await world.virtual.pass(ANSWER_MS);
  assert.equal(world.cut.length, 0, "there is time to answer");
  await world.virtual.pass(2 * LOOK_MS);
  assert.deepEqual(world.cut.map(({ session }) => session), [1, 3], "4 need not be cut any more");
  assert.deepEqual(world.revoked, [3]);
  assert.equal(world.restarts, 0);
});

Deno.test("a guilty one that has not signed in is cut off", async () => {
  const world = setUp();
  const stranger = world.peer({ holds: 700 * MIB });
  await world.virtual.pass(ANSWER_MS + 2 * LOOK_MS);
  assert.deepEqual(world.cut, [stranger]);
  assert.deepEqual(world.revoked, []);
});

Deno.test("an answer counts until the last moment", async () => {
  const world = setUp();
  world.peer({ session: 1 });
  const late = world.peer({ session: 2 });
  world.peer({ session: 3, holds: 700 * MIB });
  await world.virtual.pass(ANSWER_MS + LOOK_MS);
  late.silent = false; // the first is being cut off just now
  await world.virtual.pass(LOOK_MS);
  assert.deepEqual(world.cut.map(({ session }) => session), [1, 3]);
});

Deno.test("when memory goes on climbing the time is up sooner", async () => {
  const world = setUp();
  const flood = world.peer({ session: 1, holds: 700 * MIB });
  await world.virtual.pass(2 * LOOK_MS);
  flood.holds += LIMIT / 4;
  await world.virtual.pass(2 * LOOK_MS);
  assert.deepEqual(world.revoked, [1]);
});

Deno.test("of very many silent ones nobody is blamed for another, and it takes about a second", async () => {
  const world = setUp(0.8 * LIMIT);
  for (let session = 1; session <= 1000; session++) world.peer({ session });
  await world.virtual.pass(ANSWER_MS + 2 * LOOK_MS + 1_000);
  assert.equal(world.cut.length, 1000);
  assert.deepEqual(world.revoked, []);
});

Deno.test("nobody is asked again for the same memory, only for more", async () => {
  const world = setUp(0.8 * LIMIT);
  await world.virtual.pass(60_000);
  assert.equal(world.asked, 1);
  world.own = 0.9 * LIMIT;
  await world.virtual.pass(60_000);
  assert.equal(world.asked, 1);
  world.own = 0.95 * LIMIT;
  await world.virtual.pass(60_000);
  assert.equal(world.asked, 2);
  world.own = 0.5 * LIMIT;
  await world.virtual.pass(60_000);
  world.own = 0.76 * LIMIT;
  await world.virtual.pass(60_000);
  assert.equal(world.asked, 3, "having fallen, it may climb anew");
});

Deno.test("it starts anew where that gives memory back: from the heap, from sockets that cannot be cut", async () => {
  const leak = setUp(1.2 * LIMIT);
  leak.heap = 0.7 * LIMIT;
  await leak.virtual.pass(60_000);
  assert.equal(leak.restarts, 1);

  const helpless = setUp(1.2 * LIMIT);
  helpless.canCut = false;
  helpless.peer({ session: 1 });
  await helpless.virtual.pass(60_000);
  assert.equal(helpless.restarts, 1);
});

Deno.test("it does not start anew for memory that nothing of it holds, and says so", async () => {
  const world = setUp(LIMIT - 1, "error");
  world.peer({ session: 1 });
  await world.virtual.pass(60_000);
  assert.deepEqual([world.restarts, world.lines.length], [0, 0]);
  world.own = 1.2 * LIMIT;
  await world.virtual.pass(60_000);
  assert.equal(world.restarts, 0);
  assert.match(world.lines.join(), /no socket holds it/);
});

Deno.test("it does not start anew for a large heap where idle connections hold more than the limit", async () => {
  const world = setUp(1.8 * LIMIT, "error");
  world.heap = 0.6 * LIMIT;
  await world.virtual.pass(60_000);
  assert.equal(world.restarts, 0);
  assert.match(world.lines.join(), /no socket holds it/);
});

Deno.test("unfinished bodies are ended first; where they held the memory, nobody is even asked", async () => {
  const world = setUp();
  world.peer({ session: 1 });
  for (let round = 0; round < 5; round++) {
    world.bodies = 800 * MIB;
    await world.virtual.pass(10_000);
    assert.equal(world.bodies, 0);
  }
  assert.deepEqual([world.asked, world.cut, world.revoked, world.restarts], [0, [], [], 0]);
});

Deno.test("bodies do not hide a socket that holds memory, nor is another blamed for them", async () => {
  const world = setUp();
  world.peer({ session: 1 });
  world.peer({ session: 2, holds: 700 * MIB });
  world.bodies = 500 * MIB;
  await world.virtual.pass(ANSWER_MS);
  world.bodies = 100 * MIB;
  await world.virtual.pass(ANSWER_MS);
  assert.deepEqual(world.revoked, [2]);
});

Deno.test("once it is stopped it looks no more", async () => {
  const world = setUp(LIMIT);
  world.stop();
  await world.virtual.pass(60_000);
  assert.equal(world.asked, 0);
});
