/** What staff set on one of two real programs holds on the other one when they are answered. */
import assert from "node:assert/strict";
import { at, clusterTests } from "../support/cluster.ts";
import { Api, signUp } from "../support/api_client.ts";
import { eventually } from "../support/eventually.ts";

const test = clusterTests({ bus: "redis" });

test("what is set on one node holds on the other, also on one that starts later", async (cluster) => {
  const [one, two] = cluster.nodes;
  const ann = await signUp(one.url, "ann");
  const name = async (url: string) =>
    (await new Api(url).get<{ name: string }>("/api/workspace")).name;
  await ann.api.request("PATCH", "/api/workspace/settings", { name: "Harbour", signup: "closed" });
  assert.equal(await name(one.url), "Harbour");
  await eventually(async () => assert.equal(await name(two.url), "Harbour"));
  const account = { username: "bob", password: ann.password };
  const refused = await new Api(two.url).refused("POST", "/api/signup", account);
  assert.equal(refused.code, "forbidden");
  const three = await cluster.addNode();
  assert.equal(await name(three.url), "Harbour");

  await at(two, ann).api.request("PATCH", "/api/workspace/settings", { name: "Hafen" });
  for (const { url } of [one, three]) {
    await eventually(async () => assert.equal(await name(url), "Hafen"));
  }
});
