/** A program whose Redis cannot be used says why in one sentence and ends; it shows no password. */
import assert from "node:assert/strict";
import { freePort } from "../support/servers.ts";
import { postgresTests } from "../support/postgres.ts";
import { runProgram } from "../support/program.ts";
import { startRedis } from "../support/redis.ts";

// One that loses data in a power failure would be told of in a line of its own.
const test = postgresTests({ durable: true });

/** What a program says that does not start, and its exit code. */
async function told(env: Record<string, string>): Promise<[string, number]> {
  const { code, stdout, stderr } = await runProgram({ env });
  assert.equal(stdout, "");
  assert.doesNotMatch(stderr, /secret/);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
  return [stderr.trim(), code];
}

test("a Redis that is not there, or refuses, keeps a program from starting: exit code 1", async (postgres) => {
  const DATABASE_URL = await postgres.createDatabase();
  const none = freePort();
  assert.deepEqual(await told({ DATABASE_URL, REDIS_URL: `redis://:secret@127.0.0.1:${none}` }), [
    `Cannot use Redis at redis://127.0.0.1:${none}: nothing listens there.`,
    1,
  ]);
  await using redis = await startRedis({ password: "once" });
  const at = `redis://127.0.0.1:${redis.port}`;
  assert.deepEqual(await told({ DATABASE_URL, REDIS_URL: at.replace("//", "//:secret@") }), [
    `Cannot use Redis at ${at}: it refuses this user or this password.`,
    1,
  ]);
  assert.deepEqual(await told({ DATABASE_URL, REDIS_URL: at }), [
    `Cannot use Redis at ${at}: it wants a password, and the URL has none.`,
    1,
  ]);
});

test("an address that is none, and a Redis beside SQLite, are wrong settings: exit code 2", async (postgres) => {
  const DATABASE_URL = await postgres.createDatabase();
  const [sentence, code] = await told({ DATABASE_URL, REDIS_URL: "http://:secret@cache" });
  assert.match(sentence, /^REDIS_URL must be "redis:\/\//);
  assert.equal(code, 2);
  const [beside, codeBeside] = await told({ REDIS_URL: "redis://:secret@cache.example.org" });
  assert.match(beside, /^REDIS_URL joins several Confabs .*: leave REDIS_URL out, or name/);
  assert.equal(codeBeside, 2);
});
