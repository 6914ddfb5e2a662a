/**
 * Three programs under constant traffic, while what they stand on is killed, frozen, cut off and
 * replaced: nothing acknowledged is lost, nothing is there twice or out of order, and who is on
 * another node sees it in time.
 */
import assert from "node:assert/strict";
import { report } from "../faults/scene.ts";
import { signUp } from "../support/api_client.ts";
import type { MemberRoom } from "../support/chat_client.ts";
import { at, type Cluster, type ClusterNode, clusterTests, connectAt } from "../support/cluster.ts";
import { createRandom } from "../support/random.ts";
import { hearsNothingWhenRemoved } from "./removals.ts";
import { ClusterScene, CROSSES_WITHIN, GENERAL } from "./scene.ts";

const SEED = Number(Deno.env.get("FAULT_SEED") ?? Date.now() % 1_000_000);
const PEOPLE_A_NODE = 3;
/** How long a fault lasts (ms): longer than the gate and than what a client waits for an answer. */
const FAULT = 6_000;

type Three = Cluster & { nodes: readonly [ClusterNode, ClusterNode, ClusterNode] };

const tests = {
  redis: clusterTests({ nodes: 3, bus: "redis" }),
  notify: clusterTests({ nodes: 3, bus: "notify" }),
};

function oracleTest(
  name: string,
  bus: "redis" | "notify",
  run: (scene: ClusterScene, cluster: Three) => Promise<void>,
): void {
  tests[bus](`${bus}: ${name}`, async (cluster) => {
    report(`seed ${SEED}`);
    await using scene = await ClusterScene.start(cluster, createRandom(SEED), PEOPLE_A_NODE);
    await run(scene, cluster as unknown as Three); // as many as were asked for
    await scene.verify();
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

oracleTest("a Redis that is killed, frozen and cut off", "redis", async (scene, cluster) => {
  const { nodes: [one, two, three], redis } = cluster;
  const took: number[] = [];
  const measure = async () => {
    took.push(await scene.crosses(one, two), await scene.crosses(three, one));
  };
  await scene.writes(300);
  await redis!.kill();
  await measure();
  await pause(2_000);
  await redis!.start();
  await scene.writes(300);
  redis!.freeze();
  await measure();
  await pause(FAULT);
  await measure();
  redis!.thaw();
  await scene.writes(300);
  two.toRedis!.cut();
  await measure();
  await pause(FAULT);
  await measure();
  two.toRedis!.mend();
  await scene.writes(300);
  report(`crossed after ${took.map(Math.round).join(", ")} ms without Redis`);
});

for (const bus of ["redis", "notify"] as const) {
  oracleTest("a node that is killed, and one that is frozen", bus, async (scene, cluster) => {
    const [one, two, three] = cluster.nodes;
    await scene.writes(300);
    await two.kill("SIGKILL");
    await scene.crosses(one, three);
    await two.restart();
    await scene.writes(300);
    three.freeze();
    await scene.crosses(one, two);
    await pause(FAULT);
    three.thaw();
    await scene.crosses(one, three);
    await scene.writes(300);
  });

  oracleTest("a PostgreSQL that crashes, freezes and is cut off", bus, async (scene, cluster) => {
    const { nodes: [one, two, three], postgres } = cluster;
    await scene.writes(300);
    await postgres.restart({ mode: "immediate" });
    await scene.writes(300);
    postgres.freeze();
    await pause(FAULT);
    postgres.thaw();
    await scene.writes(300);
    two.toDatabase.cut();
    await scene.crosses(one, three);
    await pause(2 * FAULT);
    two.toDatabase.mend();
    await scene.writes(300);
    await scene.crosses(one, two);
  });
}

oracleTest("a deployment, node by node", "redis", async (scene, { nodes }) => {
  for (const node of nodes) {
    await scene.writes(200);
    const { code } = await node.kill("SIGTERM");
    assert.equal(code, 0);
    await scene.writes(50);
    await node.restart();
  }
  await scene.writes(300);
});

tests.redis(
  "who is removed or signed out hears nothing more, without a bus too",
  async (cluster) => {
    const { nodes: [one, two], redis } = cluster;
    const ann = await signUp(one.url, "ann");
    const bob = at(two, await signUp(one.url, "bob"));
    const room = await ann.api.post<MemberRoom>("/api/rooms", {
      kind: "private",
      name: "back room",
    });
    await ann.api.put(`/api/rooms/${room.id}/members/${bob.id}`);
    const [here, there] = [await connectAt(one, ann), await connectAt(two, bob)];
    await redis!.kill();
    const removedAt = performance.now();
    await ann.api.delete(`/api/rooms/${room.id}/members/${bob.id}`);
    await here.send(room.id, "between us");
    await there.event("left", (event) => event.room === room.id);
    assert.ok(performance.now() - removedAt < CROSSES_WITHIN);
    await here.send(room.id, "still between us");
    await here.send(GENERAL, "to everybody");
    await there.event("message", ({ message }) => message.text === "to everybody");
    assert.deepEqual(there.all("message").filter((event) => event.room === room.id), []);
    const endedAt = performance.now();
    await bob.api.post("/api/logout", undefined, 204);
    await there.closed;
    assert.ok(performance.now() - endedAt < CROSSES_WITHIN);
    await here.close();
    await redis!.start();
  },
);

for (const bus of ["redis", "notify"] as const) {
  tests[bus](
    `${bus}: whoever is removed at any node hears nothing more at any other`,
    (cluster) => hearsNothingWhenRemoved(cluster, createRandom(SEED), 25),
  );
}
