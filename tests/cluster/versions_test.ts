/**
 * Two versions of the program on one database, under constant traffic, while one takes the other's
 * place node by node, and back: what an operator does who upgrades without stopping.
 */
import assert from "node:assert/strict";
import { SCHEMA_VERSION } from "../../lib/store/migrations/schema_version.ts";
import { SEND_FUNCTION } from "../../lib/store/postgres/send_function.ts";
import { report } from "../faults/scene.ts";
import { type Cluster, type ClusterNode, clusterTests } from "../support/cluster.ts";
import { buildLater, type LaterProgram, WIDENED } from "../support/later_version.ts";
import { ROOT, runProgram } from "../support/program.ts";
import { createRandom } from "../support/random.ts";
import { hearsNothingWhenRemoved } from "./removals.ts";
import { ClusterScene } from "./scene.ts";

const SEED = Number(Deno.env.get("FAULT_SEED") ?? Date.now() % 1_000_000);

const tests = {
  redis: clusterTests({ nodes: 3, bus: "redis" }),
  notify: clusterTests({ nodes: 3, bus: "notify" }),
};

let next: Promise<LaterProgram> | null = null;
Deno.test.afterAll(async () => await (await next)?.[Symbol.asyncDispose]());

for (const bus of ["redis", "notify"] as const) {
  tests[bus](
    `${bus}: the next version takes the place of this one node by node, and back`,
    async (cluster) => {
      report(`seed ${SEED}`);
      const later = await (next ??= buildLater("next"));
      const random = createRandom(SEED);
      await using scene = await ClusterScene.start(cluster, random, 2);
      const [one, two, three] = cluster.nodes as [ClusterNode, ClusterNode, ClusterNode];

      await replace(scene, one, later.folder);
      assert.equal(await versionOf(cluster), later.schema);
      await talkInBothDirections(scene, one, three);
      await hearsNothingWhenRemoved(cluster, random, 6);
      await newsOfAKindThatNobodyKnows(cluster);
      await replace(scene, two, later.folder);
      await talkInBothDirections(scene, two, three);
      // This version starts on the next one's schema, beside it.
      await replace(scene, one, ROOT);
      await talkInBothDirections(scene, one, two);
      await hearsNothingWhenRemoved(cluster, random, 6);
      await replace(scene, one, later.folder);
      await replace(scene, three, later.folder);
      await scene.writes(100);
      await scene.verify();
      await nothingIsLost(cluster);
      for (const node of cluster.nodes) assert.doesNotMatch(node.stderr(), /"level":"error"/);
    },
  );
}

tests.redis(
  "a schema that took something away is refused by every older version",
  async (cluster) => {
    await using last = await buildLater("contracting");
    const [one, two] = cluster.nodes;
    await one.kill("SIGTERM");
    await one.restart(last.folder);
    assert.equal(await versionOf(cluster), last.schema);
    await two.kill("SIGTERM");
    const later = await (next ??= buildLater("next"));
    for (
      const { folder, schema } of [{ folder: ROOT, schema: SCHEMA_VERSION }, later]
    ) {
      const { code, stdout, stderr } = await runProgram({
        folder,
        env: { DATABASE_URL: cluster.database },
      });
      assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
      assert.match(
        stderr,
        new RegExp(
          `^Cannot open the database: its schema is version ${last.schema}, and this version of ` +
            `Confab knows versions up to ${schema}\\. .*\\n$`,
        ),
      );
    }
    await two.restart(last.folder);
  },
);

/** As a deployment does: nobody is cut off without having been asked to leave. */
async function replace(
  scene: ClusterScene,
  node: ClusterNode,
  folder: string,
): Promise<void> {
  await scene.writes(100);
  assert.equal((await node.kill("SIGTERM")).code, 0);
  await scene.writes(30);
  await node.restart(folder);
  await scene.writes(100);
}

async function talkInBothDirections(scene: ClusterScene, one: ClusterNode, other: ClusterNode) {
  await Promise.all([scene.at(one).settled(), scene.at(other).settled()]);
  const took = [await scene.crosses(one, other), await scene.crosses(other, one)];
  report(`crossed after ${took.map(Math.round).join(", ")} ms`);
}

/** A later version may have durable events that this one knows nothing of. */
async function newsOfAKindThatNobodyKnows({ postgres, database }: Cluster): Promise<void> {
  await postgres.query(
    `INSERT INTO events (body) VALUES ('{"type":"later","room":1,"userId":1}'), ('{"later":1}')`,
    database,
  );
}

async function versionOf({ postgres, database }: Cluster): Promise<number> {
  return Number(await postgres.query("SELECT version FROM schema_version", database));
}

/** Rows of older nodes have what the next version puts where nobody says anything. */
async function nothingIsLost({ postgres, database }: Cluster): Promise<void> {
  for (const table of WIDENED) {
    const others = `SELECT count(*) FROM ${table} WHERE shoe_size IS DISTINCT FROM 42`;
    assert.equal(await postgres.query(others, database), "0", table);
  }
  const functions = await postgres.query(
    "SELECT proname FROM pg_proc WHERE proname LIKE 'confab_send_%' ORDER BY 1",
    database,
  );
  const [version] = /\d+$/.exec(SEND_FUNCTION)!;
  assert.deepEqual(functions.split("\n"), [SEND_FUNCTION, `confab_send_${Number(version) + 1}`]);
}
