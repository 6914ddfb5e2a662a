/** Permissions: none beyond the set for the defaults, and just what other settings need. */
import assert from "node:assert/strict";
import { readConfig } from "../../lib/program/config/config.ts";
import { permissionFlags } from "../../lib/program/deno_flags.ts";
import { parseRedisUrl } from "../../lib/redis/address.ts";

const OFF = { CONFAB_LINK_PREVIEWS: "off" };
const flags = (env: Record<string, string>) => permissionFlags(readConfig({ ...OFF, ...env }));

Deno.test("who looks at links may reach every host, as nobody knows which it will be", () => {
  assert.deepEqual(permissionFlags(readConfig({})), ["--allow-net"]);
  assert.deepEqual(flags({ CONFAB_LINK_PREVIEWS: "on", HOST: "192.0.2.7" }), ["--allow-net"]);
});

Deno.test("the other default settings need nothing beyond the permission set", () => {
  assert.deepEqual(flags({}), []);
  assert.deepEqual(flags({ HOST: "0.0.0.0", PORT: "80" }), []);
  assert.deepEqual(flags({ HOST: "::1" }), []);
});

Deno.test("data elsewhere may be read and written there, and nowhere else", () => {
  assert.deepEqual(flags({ CONFAB_DATA_DIR: "/srv/confab" }), [
    "--allow-write=/srv/confab",
    "--allow-read=.,/usr/bin/ldd,/srv/confab",
  ]);
  assert.deepEqual(
    flags({ CONFAB_DATA_DIR: "/srv/data", DATABASE_URL: "sqlite:/var/db/c.db" })[0],
    [
      "--allow-write=/srv/data,/var/db",
    ][0],
  );
});

Deno.test("a folder whose name only begins like an allowed one is elsewhere", () => {
  assert.equal(flags({ CONFAB_DATA_DIR: "data-old" })[0]!.endsWith("/data-old"), true);
});

Deno.test("an address of its own may be listened on", () => {
  assert.deepEqual(flags({ HOST: "192.0.2.7" }), ["--allow-net=192.0.2.7"]);
  assert.deepEqual(flags({ HOST: "2001:db8::1" }), ["--allow-net=[2001:db8::1]"]);
});

Deno.test("Redis may be reached at its one port, its certificates be read, and nothing else", () => {
  const withRedis = (url: string, env: Record<string, string> = {}) =>
    permissionFlags({ ...readConfig({ ...OFF, ...env }), redis: parseRedisUrl(url)! });
  assert.deepEqual(withRedis("redis://localhost:7"), [], "on this machine every port is granted");
  assert.deepEqual(withRedis("redis://:secret@cache.example.org"), [
    "--allow-net=127.0.0.1,cache.example.org:6379",
  ]);
  assert.deepEqual(withRedis("redis://[2001:db8::2]:7", { HOST: "0.0.0.0" }), [
    "--allow-net=0.0.0.0,[2001:db8::2]:7",
  ]);
  const [read, ...rest] = withRedis("rediss://localhost?ssl_ca_certs=/etc/ca.pem");
  assert.match(read!, /^--allow-read=\.,.*,\/etc\/ca\.pem$/);
  assert.deepEqual(rest, []);
  const [write, , net] = withRedis("unix:/run/redis.sock");
  assert.match(write!, /^--allow-write=.*,\/run\/redis\.sock$/);
  assert.equal(net, "--allow-net=127.0.0.1,unix:/run/redis.sock");
});

Deno.test("a certificate and its key may be read, and nothing beside them", () => {
  assert.deepEqual(
    flags({ CONFAB_TLS_CERT: "/etc/tls/live/full.pem", CONFAB_TLS_KEY: "/etc/tls/live/key.pem" }),
    [`--allow-read=.,/usr/bin/ldd,${Deno.cwd()}/data,/etc/tls/live/full.pem,/etc/tls/live/key.pem`],
  );
  assert.deepEqual(flags({ CONFAB_TLS_CERT: "tls.crt", CONFAB_TLS_KEY: "tls.key" }), []);
});

Deno.test("metrics may be served at an address of their own, and only where they are", () => {
  assert.deepEqual(flags({ CONFAB_METRICS: "127.0.0.1:9464" }), []);
  assert.deepEqual(flags({ CONFAB_METRICS: "192.0.2.7:9464" }), [
    "--allow-net=127.0.0.1,192.0.2.7",
  ]);
  assert.deepEqual(flags({ CONFAB_METRICS: "[2001:db8::1]:9464" }), [
    "--allow-net=127.0.0.1,[2001:db8::1]",
  ]);
});

Deno.test("workers may be started, and no other program", () => {
  const postgres = { DATABASE_URL: "postgres://chat@127.0.0.1/chat" };
  const more = flags({ ...postgres, CONFAB_WORKERS: "2" }).filter((flag) =>
    !flags(postgres).includes(flag)
  );
  assert.deepEqual(more, [`--allow-run=${Deno.execPath()}`]);
});

Deno.test("a bucket's service may be reached, a folder of files be written, and nothing else", () => {
  const keys = { CONFAB_S3_ACCESS_KEY: "a", CONFAB_S3_SECRET_KEY: "b" };
  assert.deepEqual(
    flags({ CONFAB_FILES: "s3://chat", CONFAB_S3_ENDPOINT: "https://s3.test", ...keys }),
    ["--allow-net=127.0.0.1,s3.test:443"],
  );
  assert.deepEqual(flags({ CONFAB_FILES: "/srv/files" }), [
    `--allow-write=${Deno.cwd()}/data,/srv/files`,
    `--allow-read=.,/usr/bin/ldd,${Deno.cwd()}/data,/srv/files`,
  ]);
});
