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
