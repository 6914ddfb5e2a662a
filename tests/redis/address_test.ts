/** Redis's address: read from the usual URLs, shown without its password. */
import assert from "node:assert/strict";
import { SYSTEM_AUTHORITIES } from "../../lib/authorities.ts";
import {
  parseRedisUrl,
  type RedisAddress,
  redisFiles,
  redisPermission,
  redisSocket,
  showRedis,
} from "../../lib/redis/address.ts";

const of = (text: string): RedisAddress => {
  const address = parseRedisUrl(text);
  assert.ok(address !== undefined, text);
  return address;
};

Deno.test("a host alone has Redis's port, no password and the first database", () => {
  const plain = {
    place: { host: "cache.example.org", port: 6379 },
    tls: null,
    username: null,
    password: null,
    database: 0,
  };
  assert.deepEqual(of("redis://cache.example.org"), plain);
  assert.deepEqual(of("redis://cache.example.org/"), plain);
  assert.deepEqual(of("valkey://cache.example.org:6379/0"), plain);
});

Deno.test("user, password, port and database are the URL's, with every letter in them", () => {
  const address = of("redis://chat:p%40ss%2F%23%D0%B6@[::1]:6380/3");
  assert.deepEqual(address, {
    place: { host: "::1", port: 6380 },
    tls: null,
    username: "chat",
    password: "p@ss/#ж",
    database: 3,
  });
  assert.equal(of("redis://:secret@h").username, null);
  assert.equal(of("redis://:secret@h").password, "secret");
  assert.equal(of("redis://h/15").database, 15);
});

Deno.test("rediss:// is TLS, with a certificate authority and a certificate of one's own", () => {
  assert.deepEqual(of("rediss://h").tls, { authority: null, client: null });
  assert.deepEqual(
    of("valkeys://h/1?ssl_ca_certs=/etc/ca.pem&ssl_certfile=/etc/c.pem&ssl_keyfile=/etc/k.pem").tls,
    { authority: "/etc/ca.pem", client: { certificate: "/etc/c.pem", key: "/etc/k.pem" } },
  );
});

Deno.test("a socket in the file system is an address too", () => {
  const address = of("unix://:se%40cret@/run/redis/redis.sock?db=2");
  assert.deepEqual(address.place, { path: "/run/redis/redis.sock" });
  assert.deepEqual([address.password, address.database], ["se@cret", 2]);
  assert.deepEqual(of("unix:/run/redis.sock").place, { path: "/run/redis.sock" });
});

Deno.test("what is no address of a Redis, or would be ignored in silence, is refused", () => {
  for (
    const text of [
      "",
      "redis",
      "redis:",
      "redis://",
      "redis://:secret@",
      "redis://h:0",
      "redis://h:66000",
      "redis://h:port",
      "redis://h/name",
      "redis://h/1/2",
      "redis://h/-1",
      "redis://h/123456",
      "redis://h#1",
      "redis://h?db=1",
      "redis://h?ssl_ca_certs=/etc/ca.pem",
      "redis://h,other",
      "rediss://h?ssl_ca_certs=",
      "rediss://h?ssl_ca_certs=/a,b",
      "rediss://h?ssl_cert=/etc/ca.pem",
      "rediss://h?ssl_certfile=/etc/c.pem",
      "redis://:pa/ss@h",
      "redis://:pa%zz@h",
      "http://h",
      "h:6379",
      "unix:",
      "unix:///run/redis.sock?database=1",
      "unix://host",
    ]
  ) {
    assert.equal(parseRedisUrl(text), undefined, text);
  }
});

Deno.test("an address is shown without user and password", () => {
  assert.equal(showRedis(of("redis://chat:secret@h:6380/3")), "redis://h:6380/3");
  assert.equal(showRedis(of("rediss://:secret@[::1]")), "rediss://[::1]:6379");
  assert.equal(showRedis(of("unix://:secret@/run/r.sock?db=1")), "unix:/run/r.sock");
});

Deno.test("connecting needs the way to one server and the files that were named, no more", () => {
  assert.equal(redisPermission(of("redis://cache.example.org")), "cache.example.org:6379");
  assert.equal(redisPermission(of("redis://[2001:db8::1]:7")), "[2001:db8::1]:7");
  assert.equal(redisPermission(of("unix:/run/r.sock")), "unix:/run/r.sock");
  assert.deepEqual(redisFiles(of("redis://h")), []);
  assert.deepEqual(redisFiles(of("rediss://h")), SYSTEM_AUTHORITIES);
  assert.deepEqual(redisFiles(of("rediss://h?ssl_ca_certs=ca.pem")), ["ca.pem"]);
  assert.deepEqual(redisSocket(of("redis://h")), []);
  assert.deepEqual(redisSocket(of("unix:/run/r.sock")), ["/run/r.sock"]);
});
