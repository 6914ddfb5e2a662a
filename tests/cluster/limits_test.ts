/** Limits over two real programs on one database: whoever takes the other one gains nothing. */
import assert from "node:assert/strict";
import { at, clusterTests } from "../support/cluster.ts";
import { Api, signUp } from "../support/chat_client.ts";

const env = { CONFAB_AUTH_RATE: "300", CONFAB_SEND_RATE: "2" };
const buses = [
  ["Redis", clusterTests({ bus: "redis", env })],
  ["NOTIFY", clusterTests({ bus: "notify", env })],
] as const;

for (const [bus, test] of buses) {
  test(`${bus}: who guesses at a password on either node in turn has the guesses of one`, async ({ nodes }) => {
    await signUp(nodes[0].url, "ann");
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) {
      const api = new Api(nodes[i % 2]!.url);
      const guess = { username: "ann", password: `wrong guess ${i}` };
      statuses.push((await api.request("POST", "/api/login", guess)).status);
    }
    const wrong = statuses.filter((status) => status === 401).length;
    // Eleven, and one or two on a machine that is so busy that a guess overtakes the word of it.
    assert.ok(wrong >= 11 && wrong <= 13, `${wrong} guesses: ${statuses}`);
    assert.deepEqual([...new Set(statuses)].toSorted(), [401, 429]);
  });

  test(`${bus}: who sends through both nodes in turn is as slow as through one`, async ({ nodes }) => {
    const ann = await signUp(nodes[0].url, "ann");
    const ways = nodes.map((node) => at(node, ann).api);
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1_000;
    const send = async (text: string, way: Api) => {
      const { status } = await way.request("POST", "/api/rooms/1/messages", { text });
      assert.ok(status === 201 || status === 429, String(status));
      return status === 201 ? 1 : 0;
    };
    let passed = 0;
    for (let i = 0; seconds() < 8; i++) {
      // Ten at a time through either: more than they allow, whatever else the machine does.
      const sends = Array.from({ length: 20 }, (_, j) => send(`message ${i} ${j}`, ways[j % 2]!));
      for (const one of await Promise.all(sends)) passed += one;
    }
    const onOne = 10 + 2 * seconds();
    // What a node keeps to itself for a moment: its share, and what comes in a quarter of a second.
    assert.ok(passed <= onOne + 10, `${passed} passed, ${onOne} would on one node`);
    assert.ok(passed >= onOne * 0.7, `${passed} passed, ${onOne} would on one node`);
  });
}
