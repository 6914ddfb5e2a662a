/** The bus through Redis passes the contract, and nothing passes between numbers of databases. */
import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { openRedisBus } from "../support/node_bus.ts";
import { redisTests } from "../support/redis.ts";
import { busContract } from "./bus.ts";

const test = redisTests();

busContract({
  kind: "redis",
  joins: true,
  test: (sentence, run) =>
    test(`Redis: ${sentence}`, async (redis) => {
      const unique = crypto.randomUUID();
      await using stack = new AsyncDisposableStack();
      await run(async (name = "one") => {
        const { bus } = await openRedisBus(redis.url, { instance: `${unique}-${name}` });
        stack.defer(() => bus.close());
        return bus;
      });
    }),
});

test("Redis: nothing is heard of another database's number, which channels know nothing of", async (redis) => {
  const [zero, seven] = [await openRedisBus(redis.url), await openRedisBus(`${redis.url}/7`)];
  const witness = await openRedisBus(`${redis.url}/7`);
  try {
    zero.bus.publish([{ type: "typing", room: 1, userId: 1 }]);
    seven.bus.publish([{ type: "typing", room: 1, userId: 7 }]);
    await eventually(() => assert.equal(witness.heard.length, 1));
    assert.equal(zero.heard.length, 0);
    assert.equal(seven.heard.length, 0);
  } finally {
    for (const { bus } of [zero, seven, witness]) await bus.close();
  }
});
