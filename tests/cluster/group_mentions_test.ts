/** `@here` over two programs on one database: who is online at either is reached from either. */
import assert from "node:assert/strict";
import { signUp } from "../support/api_client.ts";
import { clusterTests, connectAt } from "../support/cluster.ts";

const GENERAL = 1;

for (const bus of ["redis", "notify"] as const) {
  const test = clusterTests({ bus });
  test(`${bus}: @here reaches who is online at the other node`, async ({ nodes: [one, two] }) => {
    const ann = await signUp(one.url, "ann");
    const [bob, carol] = [await signUp(two.url, "bob"), await signUp(two.url, "carol")];
    const here = await connectAt(one, ann);
    const there = await connectAt(two, bob);
    await here.event("presence", ({ users }) => users[bob.id] === "online");
    await here.send(GENERAL, "anybody @here?");
    const { message } = await there.event("message");
    assert.equal(message.mentionsAll, "here");
    assert.deepEqual(message.mentions, [bob.id]);
    assert.ok(!message.mentions.includes(carol.id));
  });
}
