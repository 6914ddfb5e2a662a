/** Permissions: none beyond the set for the defaults, and just what other settings need. */
import assert from "node:assert/strict";
import { readConfig } from "../../lib/program/config/config.ts";
import { permissionFlags } from "../../lib/program/deno_flags.ts";

const flags = (env: Record<string, string>) => permissionFlags(readConfig(env));

Deno.test("the default settings need nothing beyond the permission set", () => {
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
