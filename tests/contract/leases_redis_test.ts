import assert from "node:assert/strict";
import { LEASE_MS } from "../../lib/leases/leases.ts";
import { createRedisLeases } from "../../lib/leases/redis.ts";
import { parseRedisUrl } from "../../lib/redis/address.ts";
import { connectRedis, type RedisConnection } from "../../lib/redis/connection.ts";
import { redisTests } from "../support/redis.ts";
import { testLeases } from "./leases.ts";

const redisTest = redisTests();

testLeases((title, run) =>
  redisTest(title, async (redis) => {
    const address = parseRedisUrl(redis.url)!;
    const name = crypto.randomUUID();
    const operator = await connectRedis(address);
    const open: RedisConnection[] = [operator];
    const connectionOf = async () => {
      const connection = await connectRedis(address);
      open.push(connection);
      return connection;
    };
    await run({
      // Each node has a connection of its own.
      join(node) {
        const connection = connectionOf();
        const command = async (...args: string[]) => await (await connection).command(...args);
        return createRedisLeases({ node, name, command });
      },
      async letEnd(node) {
        const key = `confab:${name}:lease:${node}`;
        const left = Number(await operator.command("PTTL", key));
        assert.ok(left > LEASE_MS - 5_000 && left <= LEASE_MS, "Redis ends it by itself");
        await operator.command("DEL", key);
      },
      forgetAll: async () => void await operator.command("FLUSHALL"),
    });
    for (const connection of open) connection.close();
  })
);

redisTest("a lease that no node wrote is none, and the others are read", async (redis) => {
  const connection = await connectRedis(parseRedisUrl(redis.url)!);
  const name = crypto.randomUUID();
  const join = (node: string) =>
    createRedisLeases({ node, name, command: (...args) => connection.command(...args) });
  const [a, b] = [join("a"), join("b")];
  await a.renew(1, "[1,1]");
  await b.renew(1, "[2,1]");
  for (const garbage of ["garbage", "garbage that is longer than a version", "-000000000000001"]) {
    await connection.command("SET", `confab:${name}:lease:b`, garbage);
    await connection.command("SADD", `confab:${name}:nodes`, "b");
    assert.deepEqual(await a.read(new Map()), [{ node: "a", version: 1, text: "[1,1]" }]);
  }
  connection.close();
});
