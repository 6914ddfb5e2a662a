/** Settings: read from one table, refused with one clear sentence. */
import assert from "node:assert/strict";
import manifest from "../../deno.json" with { type: "json" };
import {
  ConfigError,
  ENVIRONMENT_VARIABLES,
  readConfig,
  settingsHelp,
  settingsTable,
} from "../../lib/program/config/config.ts";
import { SETTINGS } from "../../lib/program/config/settings.ts";

function refusal(env: Record<string, string>, args: string[] = []): string {
  try {
    readConfig(env, args);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new assert.AssertionError({ message: `${JSON.stringify(env)} was accepted` });
}

Deno.test("without any setting there are defaults", () => {
  assert.deepEqual(readConfig({}), {
    port: 8000,
    host: "127.0.0.1",
    dataDir: "data",
    database: { kind: "sqlite", path: "data/chat.db" },
    redis: null,
    origins: [],
    signup: null,
    secret: null,
    trustProxy: 0,
    authRate: 300,
    sendRate: null,
    roomRate: null,
    connectionsPerUser: 20,
    connectionsPerAddress: 2000,
    mailFrom: null,
    smtp: null,
    memoryLimit: null,
    metrics: { at: "local" },
    linkHosts: [],
    linkPreviews: null,
    log: "info",
    development: false,
    tlsCertificate: null,
    tlsKey: null,
    workers: 1,
    worker: 0,
    drain: 0,
    oidcIssuer: "",
    oidcClientId: "",
    oidcClientSecret: "",
    oidcName: "",
    oidcProviders: "",
    passwordLogin: null,
    userHeader: null,
    userHeaderFrom: ["127.0.0.1", "::1"],
    denoDeploy: false,
    files: { kind: "folder", path: "data/files" },
    fileSize: 100 * 1024 * 1024,
    filesPerUser: 0,
    filesTotal: 0,
    freeDisk: 512 * 1024 * 1024,
    s3Endpoint: "https://s3.us-east-1.amazonaws.com",
    s3Region: "us-east-1",
    s3AccessKey: null,
    s3SecretKey: null,
    s3Links: null,
  });
});

Deno.test("a flag wins over a variable, a variable over the default, an empty one counts not", () => {
  assert.equal(readConfig({ PORT: "1" }, ["--port", "2"]).port, 2);
  assert.equal(readConfig({ PORT: "1" }, ["--port=3"]).port, 3);
  assert.equal(readConfig({ PORT: " 1 " }).port, 1);
  assert.equal(readConfig({ PORT: "" }).port, 8000);
  assert.equal(readConfig({ HOST: "::1" }).host, "::1");
});

Deno.test("the database is in the data folder, or where DATABASE_URL says", () => {
  const path = (env: Record<string, string>) => {
    const { database } = readConfig(env);
    return database.kind === "sqlite" ? database.path : "";
  };
  assert.equal(path({ CONFAB_DATA_DIR: "/srv/confab/" }), "/srv/confab/chat.db");
  assert.equal(path({ CONFAB_DATA_DIR: "/srv", DATABASE_URL: "sqlite:x.db" }), "x.db");
  assert.equal(path({ DATABASE_URL: "sqlite:/srv/x.db" }), "/srv/x.db");
  assert.equal(path({ DATABASE_URL: "sqlite:///srv/x.db" }), "/srv/x.db");
});

Deno.test("origins are a list, the first is the site's own", () => {
  assert.deepEqual(
    readConfig({ CONFAB_ORIGIN: "https://Chat.example.org/, http://localhost:5173" }).origins,
    ["https://chat.example.org", "http://localhost:5173"],
  );
  assert.deepEqual(readConfig({ CONFAB_ORIGIN: "https://a.test:443" }).origins, ["https://a.test"]);
  assert.deepEqual(
    readConfig({ CONFAB_ORIGIN: "https://чат.рф, HTTPS://Bücher.example:8443/, http://[::1]:8000" })
      .origins,
    ["https://xn--80a0bn.xn--p1ai", "https://xn--bcher-kva.example:8443", "http://[::1]:8000"],
  );
});

Deno.test("proxies are a number, or yes and no", () => {
  const of = (text: string) => readConfig({ CONFAB_TRUST_PROXY: text }).trustProxy;
  assert.deepEqual(["true", "false", "0", "2"].map(of), [1, 0, 0, 2]);
});

Deno.test("each limit is off with 0", () => {
  const config = readConfig({
    CONFAB_AUTH_RATE: "0",
    CONFAB_SEND_RATE: "0",
    CONFAB_CONNECTIONS_PER_USER: "0",
    CONFAB_CONNECTIONS_PER_ADDRESS: "0",
  });
  assert.deepEqual(
    [config.authRate, config.sendRate, config.connectionsPerUser, config.connectionsPerAddress],
    [0, 0, 0, 0],
  );
});

Deno.test("a wrong value is refused in one sentence that names it and what it accepts", () => {
  const wrong: Record<string, string[]> = {
    PORT: ["x", "-1", "65536", "80.5", "1e3", "0x50"],
    HOST: ["http://a", "a:80", "a b"],
    DATABASE_URL: ["mysql://x", "chat.db", "sqlite:", "sqlite::memory:", "sqlite:x?mode=ro"],
    CONFAB_ORIGIN: [
      "chat.example.org",
      "https://a.test/path",
      "ftp://a.test",
      "https://u@a.test",
      "https://чат.рф/?",
      "https://a.test#",
      "https:\\\\a.test",
      "https://*.a.test",
      "https://a b",
    ],
    CONFAB_SIGNUP: ["yes", "OPEN", "invited"],
    CONFAB_SECRET: ["short", "x".repeat(31)],
    CONFAB_TRUST_PROXY: ["yes", "11", "-1"],
    CONFAB_AUTH_RATE: ["-1", "ten", "1000001"],
    CONFAB_SEND_RATE: ["1.5"],
    CONFAB_CONNECTIONS_PER_USER: ["∞"],
    CONFAB_CONNECTIONS_PER_ADDRESS: ["NaN"],
    CONFAB_MEMORY_LIMIT: ["191", "1g", "-1"],
    CONFAB_LOG: ["verbose"],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const message = refusal({ [name]: value });
      assert.match(message, new RegExp(`^${name} must be [^\n]+\\.$`), `${name}=${value}`);
    }
  }
  assert.equal(
    refusal({ PORT: "http" }),
    'PORT must be a whole number from 0 to 65535, not "http".',
  );
  assert.equal(refusal({}, ["--port", "http"]).slice(0, 12), "--port must ");
});

Deno.test("PostgreSQL's URL is refused plainly if it is wrong, and its password not repeated", () => {
  const message = refusal({ DATABASE_URL: "postgres://chat:hunter2@db:port/chat" });
  assert.match(message, /^DATABASE_URL: Its port must be a whole number from 1 to 65535\.$/);
  assert.doesNotMatch(message, /hunter2/);
});

Deno.test("a secret that is refused is not repeated, and a good one is no flag", () => {
  assert.doesNotMatch(refusal({ CONFAB_SECRET: "too-short-a-secret" }), /too-short/);
  assert.equal(readConfig({ CONFAB_SECRET: "s".repeat(32) }).secret, "s".repeat(32));
  assert.match(refusal({}, ["--secret", "s".repeat(32)]), /^Unknown argument "--secret"/);
});

Deno.test("unknown flags, lone words and flags without a value are refused", () => {
  assert.match(refusal({}, ["--prot", "80"]), /^Unknown argument "--prot"; --help/);
  assert.match(refusal({}, ["80"]), /^Unknown argument "80"/);
  assert.match(refusal({}, ["--"]), /^Unknown argument "--"/);
  assert.match(refusal({}, ["--port"]), /^--port needs a value\.$/);
  assert.match(refusal({}, ["--port="]), /^--port needs a value\.$/);
});

Deno.test("help and documentation list every setting, but for internal ones", () => {
  for (const { env, internal } of Object.values(SETTINGS)) {
    assert.equal(settingsHelp().includes(env), !internal, env);
    assert.equal(settingsTable().includes(`\`${env}\``), !internal, env);
  }
});

Deno.test("the permissions allow every variable of the table, and no more than they need", () => {
  const allowed = manifest.permissions.default.env;
  assert.deepEqual(ENVIRONMENT_VARIABLES.filter((name) => !allowed.includes(name)), []);
  const others = allowed.filter((name) => !ENVIRONMENT_VARIABLES.includes(name));
  // What the native packages read, argon2's and sharp's; and the runtime (`frame_writes.ts`).
  const outside = /^NAPI_RS_|^npm_package_config_libvips$|^MALLOC_ARENA_MAX$|^DENO_USE_WRITEV$/;
  assert.ok(others.every((name) => outside.test(name)), others.join());
});

Deno.test("Redis is refused with SQLite, with the reason and what to do", () => {
  const sentence = refusal({ REDIS_URL: "redis://:secret@cache.example.org" });
  assert.match(sentence, /^REDIS_URL joins several Confabs .* leave REDIS_URL out, or name/);
  assert.equal(refusal({}, ["--redis", "redis://:secret@cache.example.org"]), sentence);
  assert.doesNotMatch(sentence, /secret/);
});

Deno.test("an address of Redis that is none is refused without showing it", () => {
  for (const url of ["redis://:my/secret@h", "http://:secret@h", "redis://h/secret"]) {
    assert.match(refusal({ REDIS_URL: url }), /^REDIS_URL must be "redis:\/\/USER:PASSWORD@/);
    assert.match(refusal({}, [`--redis=${url}`]), /^--redis must be "redis:/);
    assert.doesNotMatch(refusal({ REDIS_URL: url }), /secret/);
  }
  assert.equal(readConfig({ REDIS_URL: " " }).redis, null);
});

Deno.test("a certificate without its key is refused, and so is a key alone", () => {
  const { tlsCertificate, tlsKey } = readConfig({}, ["--tls-cert", "a.crt", "--tls-key", "a.key"]);
  assert.deepEqual([tlsCertificate, tlsKey], ["a.crt", "a.key"]);
  assert.match(refusal({ CONFAB_TLS_CERT: "a.crt" }), /^CONFAB_TLS_CERT and CONFAB_TLS_KEY belong/);
  assert.match(refusal({}, ["--tls-key", "a.key"]), /^CONFAB_TLS_CERT and CONFAB_TLS_KEY belong/);
});

Deno.test("several workers are refused with SQLite, with the reason and what to do", () => {
  assert.equal(readConfig({ CONFAB_WORKERS: "1" }).workers, 1);
  assert.match(refusal({ CONFAB_WORKERS: "2" }), /^CONFAB_WORKERS needs PostgreSQL: .* slower/);
  for (const workers of ["0", "65", "many"]) {
    assert.match(refusal({}, ["--workers", workers]), /^--workers must be a whole number from 1/);
  }
});

Deno.test("Deno Deploy, which keeps no files, is not given a database in a file", () => {
  assert.match(refusal({ DENO_DEPLOY: "1" }), /^Deno Deploy keeps no files, .* PostgreSQL/);
  const deploy = { DENO_DEPLOY: "1", DATABASE_URL: "postgres://chat@db/chat" };
  assert.equal(readConfig(deploy).denoDeploy, true);
  for (const [name, value] of [["CONFAB_WORKERS", "2"], ["CONFAB_METRICS", "0.0.0.0:9100"]]) {
    assert.match(refusal({ ...deploy, [name!]: value! }), /^Deno Deploy has its own processes/);
  }
  assert.equal(readConfig({ DENO_DEPLOY: "" }).denoDeploy, false);
});

Deno.test("metrics are for this machine, nobody, everybody, or on a port of their own", () => {
  const door = (value: string) => readConfig({ CONFAB_METRICS: value }).metrics;
  assert.deepEqual(readConfig({}).metrics, { at: "local" });
  assert.deepEqual(door("off"), { at: "off" });
  assert.deepEqual(readConfig({}, ["--metrics", "open"]).metrics, { at: "open" });
  assert.deepEqual(door("0.0.0.0:9464"), { at: "port", host: "0.0.0.0", port: 9464 });
  assert.deepEqual(door("[2001:db8::1]:80"), { at: "port", host: "2001:db8::1", port: 80 });
  assert.deepEqual(door("metrics.lan:0"), { at: "port", host: "metrics.lan", port: 0 });
  for (const wrong of ["on", "9464", ":9464", "::1:9464", "host:", "host:65536", "http://h:1"]) {
    assert.throws(() => door(wrong), {
      message: `CONFAB_METRICS must be "local", "off", "open" or HOST:PORT, not "${wrong}".`,
    });
  }
});

Deno.test("files are in the data folder, in another one, in a bucket, or not kept at all", () => {
  assert.deepEqual(readConfig({ CONFAB_DATA_DIR: "/srv/chat/" }).files, {
    kind: "folder",
    path: "/srv/chat/files",
  });
  assert.deepEqual(readConfig({}, ["--files", "off"]).files, { kind: "off" });
  const keys = { CONFAB_S3_ACCESS_KEY: "id", CONFAB_S3_SECRET_KEY: "secret/+" };
  const { files, s3Endpoint } = readConfig({
    CONFAB_FILES: "s3://chat",
    CONFAB_S3_REGION: "eu-central-1",
    ...keys,
  });
  assert.deepEqual(files, { kind: "s3", bucket: "chat", prefix: "" });
  assert.equal(s3Endpoint, "https://s3.eu-central-1.amazonaws.com");
  assert.match(refusal({ CONFAB_FILES: "s3://chat" }), /needs CONFAB_S3_ACCESS_KEY/);
  const wrong = refusal({ CONFAB_FILES: "s3://chat", CONFAB_S3_SECRET_KEY: "se cret" });
  assert.match(wrong, /^CONFAB_S3_SECRET_KEY must be/);
  assert.doesNotMatch(wrong, /se cret/);
});

Deno.test("Deno Deploy keeps no files of its own: none can be sent, unless there is a bucket", () => {
  const env = { DENO_DEPLOY: "1", DATABASE_URL: "postgres://a@b/c" };
  assert.equal(readConfig(env).files.kind, "off");
  const bucket = {
    CONFAB_FILES: "s3://chat",
    CONFAB_S3_ACCESS_KEY: "a",
    CONFAB_S3_SECRET_KEY: "b",
  };
  assert.equal(readConfig({ ...env, ...bucket }).files.kind, "s3");
});

Deno.test("sizes of files are written in MiB", () => {
  const { fileSize, filesPerUser, filesTotal, freeDisk } = readConfig({
    CONFAB_FILE_SIZE: "2",
    CONFAB_FILES_PER_USER: "3",
    CONFAB_FILES_TOTAL: "4000000",
    CONFAB_FREE_DISK: "0",
  });
  const MIB = 1024 * 1024;
  assert.deepEqual([fileSize, filesPerUser, filesTotal, freeDisk], [
    2 * MIB,
    3 * MIB,
    4_000_000 * MIB,
    0,
  ]);
  for (const size of ["0", "-1", "1.5", "5001", "x"]) {
    assert.match(refusal({ CONFAB_FILE_SIZE: size }), /^CONFAB_FILE_SIZE must be a whole number/);
  }
});
