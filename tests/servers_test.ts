/** The servers that tests start, and what tests do to them, behave as the tests suppose. */
import assert from "node:assert/strict";
import { startCable } from "./support/cable.ts";
import { postgresTests } from "./support/postgres.ts";
import { redisTests } from "./support/redis.ts";

const postgresTest = postgresTests();
const redisTest = redisTests({ password: "a secret" });

postgresTest(
  "A PostgreSQL that is restarted at once or killed keeps what it committed",
  async (postgres) => {
    const url = await postgres.createDatabase();
    await postgres.query("CREATE TABLE kept(id int)", url);
    for (const end of ["immediate", "fast", "kill"] as const) {
      await postgres.query("INSERT INTO kept VALUES (1)", url);
      if (end === "kill") {
        await postgres.kill();
        await postgres.start();
      } else await postgres.restart({ mode: end });
    }
    assert.equal(await postgres.query("SELECT count(*) FROM kept", url), "3");
    assert.notEqual(await postgres.createDatabase(), url);
  },
);

postgresTest("A frozen PostgreSQL answers nobody until it is thawed", async (postgres) => {
  const url = await postgres.createDatabase();
  postgres.freeze();
  const answer = postgres.query("SELECT 1", url);
  assert.equal(await Promise.race([answer, pause(300)]), undefined);
  postgres.thaw();
  assert.equal(await answer, "1");
});

redisTest(
  "A Redis takes its password, stands still while frozen, and is back after its end",
  async (redis) => {
    const { port, url } = redis;
    assert.equal(url, `redis://:a%20secret@127.0.0.1:${port}`);
    assert.match(await say(port, "PING"), /^-NOAUTH/);
    assert.match(await say(port, 'AUTH "a secret"'), /^\+OK/);
    redis.freeze();
    const answer = say(port, "PING");
    assert.equal(await Promise.race([answer, pause(300)]), undefined);
    redis.thaw();
    assert.match((await answer)!, /^-NOAUTH/);
    for (const end of [redis.kill, redis.stop]) {
      await end();
      await assert.rejects(say(port, "PING"));
      await redis.start();
      assert.match(await say(port, "PING"), /^-NOAUTH/);
    }
  },
);

redisTest(
  "A cable that is cut passes nothing and ends nothing, and delivers once it is mended",
  async (redis) => {
    await using cable = startCable(redis.port);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: cable.port });
    assert.match(await ask(connection, "PING"), /^-NOAUTH/);
    cable.cut();
    const answer = ask(connection, "PING");
    const stranger = say(cable.port, "PING");
    assert.equal(await Promise.race([answer, stranger, pause(300)]), undefined);
    cable.mend();
    assert.match(await answer, /^-NOAUTH/);
    assert.match(await stranger, /^-NOAUTH/);
    const end = connection.read(new Uint8Array(1)).catch(() => null);
    cable.drop();
    assert.equal(await end, null);
  },
);

async function say(port: number, words: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  return await ask(connection, words);
}

async function ask(connection: Deno.Conn, words: string): Promise<string> {
  await connection.write(new TextEncoder().encode(`${words}\r\n`));
  const buffer = new Uint8Array(1000);
  const size = await connection.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, size ?? 0));
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
