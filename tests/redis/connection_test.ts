/** Connecting to a Redis: what is wrong is said in one sentence, which shows no password. */
import assert from "node:assert/strict";
import { parseRedisUrl } from "../../lib/redis/address.ts";
import { connectRedis } from "../../lib/redis/connection.ts";
import { RedisError } from "../../lib/redis/failures.ts";
import { makeCertificate } from "../support/certificate.ts";
import { redisTests, startRedis } from "../support/redis.ts";

const test = redisTests();
const guarded = redisTests({ password: "pass/word" });

async function talk(url: string): Promise<unknown> {
  const connection = await connectRedis(parseRedisUrl(url)!);
  try {
    return await connection.command("PING");
  } finally {
    connection.close();
  }
}

async function refusal(url: string): Promise<string> {
  const error = await talk(url).then(() => null, (thrown) => thrown);
  assert.ok(error instanceof RedisError, `${url} works, or fails otherwise: ${error}`);
  assert.match(error.message, /^Cannot use Redis at \S+: .*\.$/);
  assert.doesNotMatch(error.message, /secret|pass\/word|%2F/);
  return error.message;
}

test("a Redis with neither password nor TLS answers, in each of its databases", async ({ url }) => {
  assert.equal(await talk(url), "PONG");
  assert.equal(await talk(`${url}/3`), "PONG");
  assert.match(await refusal(`${url}/99`), /it has no database with the number 99\.$/);
  assert.match(await refusal(url.replace("//", "//:secret@")), /a password, but this Redis knows/);
  assert.match(await refusal(url.replace("redis:", "rediss:")), /does it speak TLS\?\.$/);
});

guarded("a password is asked for, and a wrong one is told", async ({ url, port }) => {
  assert.equal(await talk(url), "PONG");
  assert.match(
    await refusal(`redis://127.0.0.1:${port}`),
    /wants a password, and the URL has none/,
  );
  assert.match(await refusal(`redis://:secret@127.0.0.1:${port}`), /this user or this password/);
  assert.match(await refusal(`redis://me:secret@127.0.0.1:${port}`), /this user or this password/);
});

test("a user with the rights that Confab needs and no more is enough; one without is told", async (redis) => {
  const connection = await connectRedis(parseRedisUrl(redis.url)!);
  const rights = ["~*", "&*", "-@all", "+publish", "+subscribe", "+ping", "+select"];
  await connection.command("ACL", "SETUSER", "chat", "on", ">secret", ...rights);
  await connection.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "&*", "-@all");
  connection.close();
  assert.equal(await talk(redis.url.replace("//", "//chat:secret@")), "PONG");
  assert.match(await refusal(redis.url.replace("//", "//reader:secret@")), /may not do all that/);
});

test("TLS is checked against the authority that is named", async () => {
  const folder = await Deno.makeTempDir();
  const [own, other] = [
    await makeCertificate(folder, "own"),
    await makeCertificate(folder, "other"),
  ];
  await using redis = await startRedis({ tls: { certificate: own.cert, key: own.key } });
  try {
    assert.equal(await talk(`${redis.url}?ssl_ca_certs=${own.cert}`), "PONG");
    assert.match(await refusal(redis.url), /its certificate is not trusted/);
    assert.match(await refusal(`${redis.url}?ssl_ca_certs=${other.cert}`), /is not trusted/);
    assert.match(
      await refusal(`${redis.url}?ssl_ca_certs=${folder}/none.pem`),
      /none\.pem cannot be read\.$/,
    );
    assert.match(await refusal(redis.url.replace("rediss:", "redis:")), /does it want TLS/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("a client's certificate is shown where a server wants one", async () => {
  const folder = await Deno.makeTempDir();
  const { cert, key } = await makeCertificate(folder, "own");
  await using redis = await startRedis({ tls: { certificate: cert, key, ca: cert } });
  try {
    const url = `${redis.url}?ssl_ca_certs=${cert}`;
    assert.equal(await talk(`${url}&ssl_certfile=${cert}&ssl_keyfile=${key}`), "PONG");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** A server that says nothing, or always the same. */
async function withServer(
  answer: string | null,
  run: (url: string) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      connections.push(connection);
      if (answer !== null) await connection.write(new TextEncoder().encode(answer));
    }
  })();
  try {
    await run(`redis://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
  } finally {
    listener.close();
    for (const connection of connections) connection.close();
    await serving;
  }
}

/** Without a Redis: these need none. */
const plain = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });

plain("an address where nothing listens, and a name that no host has, are told", async () => {
  assert.match(await refusal("redis://:secret@127.0.0.1:1"), /nothing listens there\.$/);
  assert.match(await refusal("redis://:secret@no.such.host.invalid"), /no host of this name\.$/);
  assert.match(await refusal("unix://:secret@/tmp/no/such.sock"), /nothing listens there\.$/);
});

plain("a server that says nothing is given up after five seconds", async () => {
  const began = performance.now();
  await withServer(null, async (url) => assert.match(await refusal(url), /it does not answer\.$/));
  assert.ok(performance.now() - began < 8_000);
});

plain("what is no Redis, is too old or has no place is told", async () => {
  const http = "HTTP/1.1 400 Bad Request\r\n\r\n";
  await withServer(http, async (url) => assert.match(await refusal(url), /is no Redis/));
  const about = "# Server\r\nredis_version:5.0.14\r\n";
  const old = `$${about.length}\r\n${about}\r\n`;
  await withServer(
    old,
    async (url) =>
      assert.match(await refusal(url), /it is version 5\.0\.14, and Confab needs Redis 6 or later/),
  );
  const full = "-ERR max number of clients reached\r\n";
  await withServer(full, async (url) => assert.match(await refusal(url), /no place for another/));
  const loading = "-LOADING Redis is loading the dataset in memory\r\n";
  await withServer(loading, async (url) => assert.match(await refusal(url), /still loading its/));
});
