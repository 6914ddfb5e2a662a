/**
 * What staff set while the bus is away, or while a program stands still, holds everywhere within
 * seconds, and nobody who is gone hears anything there.
 */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { Api, PASSWORD, type Person, signUp } from "../support/chat_client.ts";
import { at, type ClusterNode, clusterTests, connectAt, type Pair } from "../support/cluster.ts";
import { eventually } from "../support/eventually.ts";

/** What is promised without a Redis, ms; and what a test's own client and two busy cores take. */
const PROMISED = 5_000;
const NOISE = 1_500;

const test = clusterTests({ bus: "redis", nodes: 3 });

async function setUpFactor({ api, password }: Person): Promise<void> {
  const { secret } = await api.post<{ secret: string }>("/api/me/totp", { password }, 200);
  await api.post("/api/me/totp", { code: new TOTP({ secret }).generate() }, 200);
}

/** Closes signup and asks all for a second factor at the first node; the others follow in time. */
async function bindsWithout(cluster: Pair, meanwhile: () => Promise<void>): Promise<void> {
  const [a, ...others] = cluster.nodes as readonly ClusterNode[] as [ClusterNode, ...ClusterNode[]];
  const owner = await signUp(a.url, "owner");
  const bob = await signUp(a.url, "bob");
  await setUpFactor(owner);
  const sockets = await Promise.all(others.map((node) => connectAt(node, bob)));
  const settings = { name: "Harbour", signup: "closed", secondFactor: "all" };
  await meanwhile();
  await owner.api.patch("/api/workspace/settings", settings);
  const began = performance.now();
  for (const socket of sockets) assert.equal((await socket.closed).code, 4401);
  const taken = performance.now() - began;
  assert.ok(taken <= PROMISED + NOISE, `${taken} ms`);
  for (const { url } of others) {
    const account = { username: "late", password: PASSWORD };
    assert.equal((await new Api(url).request("POST", "/api/signup", account)).status, 403);
    const { name } = await new Api(url).get<{ name: string }>("/api/workspace");
    assert.equal(name, "Harbour");
  }
}

test("a required factor and a closed signup hold at all nodes while Redis is dead", async (cluster) => {
  try {
    await bindsWithout(cluster, () => cluster.redis!.kill());
  } finally {
    await cluster.redis!.start();
  }
});

test("and while Redis stands still", async (cluster) => {
  try {
    await bindsWithout(cluster, () => Promise.resolve(cluster.redis!.freeze()));
  } finally {
    cluster.redis!.thaw();
  }
});

test("a node that stood still meanwhile follows when it goes on, and serves nobody who is gone", async (cluster) => {
  const [a, , c] = cluster.nodes as unknown as readonly ClusterNode[];
  const owner = await signUp(a!.url, "owner");
  const [bob, cleo] = [await signUp(a!.url, "bob"), await signUp(a!.url, "cleo")];
  await setUpFactor(owner);
  const sockets = [await connectAt(c!, bob), await connectAt(c!, cleo)];
  c!.freeze();
  await owner.api.patch(`/api/users/${bob.id}`, { disabled: true });
  const settings = { name: "Harbour", secondFactor: "all" };
  await owner.api.patch("/api/workspace/settings", settings);
  await at(a!, owner).api.post("/api/rooms/1/messages", { text: "not for those who are gone" });
  c!.thaw();
  const began = performance.now();
  for (const socket of sockets) await socket.closed;
  assert.ok(performance.now() - began <= PROMISED + NOISE);
  assert.equal((await sockets[0]!.closed).code, 4403);
  assert.deepEqual(sockets[0]!.all("message"), []);
  const name = async () => (await new Api(c!.url).get<{ name: string }>("/api/workspace")).name;
  await eventually(async () => assert.equal(await name(), "Harbour"));
});
