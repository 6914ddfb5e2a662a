/**
 * A Redis that goes away under a running chat: what is acknowledged still reaches the screens at
 * other programs within five seconds, `/readyz` says what is away, and nobody is sent home.
 */
import assert from "node:assert/strict";
import { Api, signUp } from "../support/api_client.ts";
import { type ClusterNode, clusterTests, connectAt, type Pair } from "../support/cluster.ts";
import type { ChatSocket } from "../support/chat_client.ts";
import { eventually } from "../support/eventually.ts";

const GENERAL = 1;
/** What is promised without a Redis, ms; and what a test's own client and two busy cores take. */
const PROMISED = 5_000;
const NOISE = 1_500;

const test = clusterTests({ bus: "redis" });

interface Degraded {
  part: string;
  detail: string;
}

test("while a Redis is dead, messages reach the other program within five seconds, in order", async (cluster) => {
  const { here, there } = await conversation(cluster);
  await cluster.redis!.kill();
  try {
    await withoutRedis(cluster.nodes);
    const slowest = await sendAndMeasure(here, there, 5);
    assert.ok(slowest <= PROMISED + NOISE, `${Math.round(slowest)} ms`);
  } finally {
    await cluster.redis!.start();
  }
  await backAgain(cluster.nodes, here, there);
});

test("while a Redis stands still, too, from the first message on", async (cluster) => {
  const { here, there } = await conversation(cluster);
  cluster.redis!.freeze();
  try {
    // Nobody has noticed yet: these are written to a connection that swallows them.
    const slowest = await sendAndMeasure(here, there, 5);
    assert.ok(slowest <= PROMISED + NOISE, `${Math.round(slowest)} ms`);
    await withoutRedis(cluster.nodes);
  } finally {
    cluster.redis!.thaw();
  }
  await backAgain(cluster.nodes, here, there);
});

test("a program that is cut off from its Redis hears of the others and is heard", async (cluster) => {
  const { here, there } = await conversation(cluster);
  const [, two] = cluster.nodes;
  two.toRedis!.cut();
  assert.ok(await sendAndMeasure(here, there, 3) <= PROMISED + NOISE);
  assert.ok(await sendAndMeasure(there, here, 3) <= PROMISED + NOISE);
  await withoutRedis([two]);
  two.toRedis!.mend();
  two.toRedis!.drop();
  await backAgain(cluster.nodes, here, there);
});

test("while a Redis is dead a removal and a session's end bind at the other program", async (cluster) => {
  const { here, there, ann, bob } = await conversation(cluster);
  const room = await ann.api.post<{ id: number }>("/api/rooms", { kind: "private", name: "den" });
  await ann.api.put(`/api/rooms/${room.id}/members/${bob.id}`);
  await there.event("room", (event) => event.room.id === room.id);
  await cluster.redis!.kill();
  try {
    await withoutRedis(cluster.nodes);
    await ann.api.delete(`/api/rooms/${room.id}/members/${bob.id}`);
    await here.send(room.id, "between us");
    const began = performance.now();
    await there.event("left", (event) => event.room === room.id);
    assert.ok(performance.now() - began <= PROMISED + NOISE);
    assert.ok(!there.all("message").some((event) => event.room === room.id));
    await bob.api.post("/api/logout", undefined, 204);
    assert.equal((await there.closed).code, 4401);
    assert.ok(performance.now() - began <= 2 * PROMISED + NOISE);
  } finally {
    await cluster.redis!.start();
  }
});

/** Until each says so at `/readyz`, where it stays ready, and in one line of its log. */
async function withoutRedis(nodes: readonly ClusterNode[]): Promise<void> {
  for (const node of nodes) {
    await eventually(async () => {
      const { status, body } = await readiness(node);
      assert.equal(status, 200);
      assert.deepEqual(body.bus, { kind: "redis", connected: false });
      assert.deepEqual(body.degraded.map(({ part }) => part), ["bus"]);
    });
    assert.equal(node.stderr().match(/ warn .*redis:.* is away/g)?.length, 1, node.stderr());
  }
}

/** Every program uses the Redis again: what is said crosses at once, and typing, too. */
async function backAgain(
  nodes: readonly ClusterNode[],
  here: ChatSocket,
  there: ChatSocket,
): Promise<void> {
  for (const node of nodes) {
    await eventually(async () => {
      const { body } = await readiness(node);
      assert.deepEqual([body.bus.connected, body.degraded], [true, []]);
    });
  }
  await eventually(async () => {
    here.tell({ type: "typing", room: GENERAL });
    await new Promise((resolve) => setTimeout(resolve, 600)); // the least between two of them
    assert.ok(there.all("typing").length > 0);
  });
  const revs = there.all("message").map(({ rev }) => rev);
  assert.deepEqual(revs, revs.map((_, index) => index + 1), "each once and in order");
}

async function readiness(node: ClusterNode) {
  return await new Api(node.url).request<{
    bus: { kind: string; connected: boolean };
    degraded: Degraded[];
  }>("GET", "/readyz");
}

/** Sends one after the other; how long the slowest took to the other's screen, ms. */
async function sendAndMeasure(from: ChatSocket, to: ChatSocket, count: number): Promise<number> {
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const text = `message ${crypto.randomUUID()}`;
    await from.send(GENERAL, text);
    const acked = performance.now();
    await to.event("message", ({ message }) => message.text === text);
    slowest = Math.max(slowest, performance.now() - acked);
  }
  return slowest;
}

async function conversation({ nodes: [one, two] }: Pair) {
  const ann = await signUp(one.url, "ann");
  const bob = await signUp(one.url, "bob");
  return { ann, bob, here: await connectAt(one, ann), there: await connectAt(two, bob) };
}
