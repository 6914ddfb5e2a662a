/**
 * The real program on PostgreSQL: reached in every usual way, with the permissions of its settings
 * and no data folder; and each way in which it cannot start told in one sentence.
 */
import assert from "node:assert/strict";
import { Api, signUp } from "../support/api_client.ts";
import { makeCertificate } from "../support/certificate.ts";
import { startCable } from "../support/cable.ts";
import { startOldPostgres } from "../support/old_postgres.ts";
import { type Postgres, postgresTests, startPostgres } from "../support/postgres.ts";
import { runProgram, startProgram } from "../support/program.ts";
import { serverTest } from "../support/servers.ts";

const PASSWORD = "p@ss/wörd hunter2";
const test = postgresTests({ password: PASSWORD });

/** Starts and ends at once: what it says, and that it says no password, no stack and nothing else. */
async function refusal(url: string, env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await runProgram({ env: { DATABASE_URL: url, ...env } });
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
  assert.match(stderr, /^[^\n]+[.?]\n$/);
  assert.doesNotMatch(stderr, /hunter2|\bat file:|\.ts:|postgres:\/\//);
  return stderr;
}

/** Starts, answers, and ends in order. */
async function starts(url: string, env: Record<string, string> = {}): Promise<void> {
  const dataDir = await Deno.makeTempDir();
  const program = await startProgram({ dataDir, env: { DATABASE_URL: url, ...env } });
  try {
    const ready = await fetch(`${program.url}/readyz`);
    await ready.body?.cancel();
    assert.equal(ready.status, 200);
  } finally {
    assert.equal((await program.stop()).code, 0, program.stderr());
  }
  assert.deepEqual([...Deno.readDirSync(dataDir)], [], "it needs no folder");
  await Deno.remove(dataDir);
}

/** A socket in a folder that a program may be given: the server's own is in memory, which none is. */
async function openSocket(port: number): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await Deno.makeTempDir({ prefix: "confab-socket-" });
  const listener = Deno.listen({ transport: "unix", path: `${folder}/.s.PGSQL.5432` });
  const talks: Promise<unknown>[] = [];
  const served = (async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      talks.push(
        client.readable.pipeTo(server.writable).catch(() => {}),
        server.readable.pipeTo(client.writable).catch(() => {}),
      );
    }
  })();
  return {
    folder,
    async [Symbol.asyncDispose]() {
      listener.close();
      await served;
      await Promise.all(talks);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const withoutPassword = (url: string) => url.replace(/:[^:@]*@/, "@");

test("it is reached by its URL, by variables, and by its socket", async (postgres) => {
  const url = await postgres.createDatabase();
  const { pathname, username } = new URL(url);
  await starts(url);
  await starts("postgres://", {
    PGHOST: "127.0.0.1",
    PGPORT: String(postgres.port),
    PGUSER: username,
    PGPASSWORD: PASSWORD,
    PGDATABASE: pathname.slice(1),
  });
  await using door = await openSocket(postgres.port);
  const socket = `host=${encodeURIComponent(door.folder)}`;
  await starts(`postgres://${username}@${pathname}?${socket}`, { PGPASSWORD: PASSWORD });
});

test("a password that is wrong or missing, or a database that is not there, is told", async (postgres) => {
  const url = await postgres.createDatabase();
  const wrong = withoutPassword(url).replace("@", ":hunter2%21@");
  assert.match(
    await refusal(wrong),
    /^Cannot open the database "test_\d+" at 127\.0\.0\.1:\d+: the password of the user "confab" is wrong, or there is no such user\.$/m,
  );
  assert.match(await refusal(withoutPassword(url)), /asks for a password: write it in the URL/);
  const nowhere = url.replace(/[^/]*$/, "nowhere");
  assert.match(
    await refusal(nowhere),
    /there is no such database; make it with: CREATE DATABASE "nowhere" OWNER "confab"/,
  );
});

test("a server that is not there, is not known, does not answer or has a standard too old is told", async (postgres) => {
  assert.match(await refusal("postgres://ann:hunter2@127.0.0.1:1/chat"), /nothing listens there/);
  assert.match(
    await refusal("postgres://ann:hunter2@nowhere.invalid/chat"),
    /no host is known as "nowhere\.invalid"/,
  );
  assert.match(await refusal("postgres://ann:hunter2@/chat?host=/nowhere"), /no such socket/);
  await using cable = startCable(postgres.port);
  cable.cut();
  assert.match(await refusal(cable.through(postgres.url)), /it does not answer/);
  await using old = startOldPostgres("13.9");
  assert.match(await refusal(old.url), /it is PostgreSQL 13\.9, but Confab needs 14 or later/);
});

test("a role that may not make tables, another encoding and a newer schema are told", async (postgres) => {
  const url = await postgres.createDatabase();
  await postgres.query("CREATE ROLE guest LOGIN PASSWORD 'hunter2'");
  await postgres.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC", url);
  const guest = url.replace(/\/\/.*@/, "//guest:hunter2@");
  assert.match(
    await refusal(guest),
    /the user "guest" may not do what Confab needs \(permission denied for schema public\); .*ALTER DATABASE "test_\d+" OWNER TO "guest"/,
  );
  await postgres.query("GRANT CREATE ON SCHEMA public TO guest", url);
  const name = url.slice(url.lastIndexOf("/") + 1);
  await postgres.query(`REVOKE TEMPORARY ON DATABASE "${name}" FROM PUBLIC`);
  assert.match(await refusal(guest), /no temporary table, .*GRANT TEMPORARY ON DATABASE/);
  await postgres.query("CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0");
  assert.match(await refusal(url.replace(/[^/]*$/, "bytes")), /texts in SQL_ASCII/);
  await starts(url);
  await postgres.query("UPDATE schema_version SET version = 999", url);
  assert.match(await refusal(url), /its schema is version 999, .* Start the newer Confab/);
});

test("a setting that cannot be read ends with exit code 2 and without the password", async () => {
  for (const url of ["postgres://a:hunter2@h:port/c", "postgres://a:hunter2@h/c?sslmod=require"]) {
    const { code, stderr } = await runProgram({ env: { DATABASE_URL: url } });
    assert.equal(code, 2);
    assert.match(stderr, /^DATABASE_URL: [^\n]+\.\n$/);
    assert.doesNotMatch(stderr, /hunter2/);
  }
});

test("nodes sign with one secret; one with another is refused while they run", async (postgres) => {
  const url = await postgres.createDatabase();
  const env = { DATABASE_URL: url };
  const [one, two] = await Promise.all([startProgram({ env }), startProgram({ env })]);
  try {
    const ann = await signUp(one.url, "ann");
    const there = await new Api(two.url, ann.api.headers).request("GET", "/api/rooms/1");
    assert.equal(there.status, 200, there.text);
    const other = await refusal(url, { CONFAB_SECRET: "another secret, long enough for it" });
    assert.match(other, /^Other nodes that use this database have another secret/);
  } finally {
    await Promise.all([one.stop(), two.stop()]);
  }
  await starts(url, { CONFAB_SECRET: "another secret, long enough for it" });
});

const withTls = (name: string, run: (folder: string) => Promise<void>) =>
  serverTest(null, name, async () => {
    const folder = await Deno.makeTempDir({ prefix: "confab-tls-" });
    try {
      await run(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

/** As `localhost`, which is in the certificate. */
const named = (postgres: Postgres, database: string) =>
  postgres.url.replace("127.0.0.1", "localhost").replace(/[^/]*$/, database);

withTls(
  "a server's certificate is compared with what the settings say, and refused in a sentence",
  async (folder) => {
    const { cert: certificate, key } = await makeCertificate(folder, "server");
    const { cert: another } = await makeCertificate(folder, "another");
    await using postgres = await startPostgres({ tls: { certificate, key } });
    await postgres.createDatabase("chat");
    const url = named(postgres, "chat");
    await starts(`${url}?sslmode=verify-full&sslrootcert=${certificate}`);
    await starts(url, { PGSSLMODE: "require" });
    await starts(url);
    assert.match(
      await refusal(`${url}?sslmode=verify-full`),
      /not signed by an authority that this machine trusts/,
    );
    assert.match(
      await refusal(`${url}?sslrootcert=${another}`),
      /its certificate is not signed by the authority in \S+another\.crt/,
    );
    assert.match(
      await refusal(`${url}?sslrootcert=${folder}/none.crt`),
      /none\.crt \(sslrootcert\) cannot be read/,
    );
    assert.match(await refusal(`${url}?sslmode=disable`), /no encryption/);
  },
);

withTls("a client's certificate signs it in", async (folder) => {
  const { cert: certificate, key } = await makeCertificate(folder, "server");
  const client = await makeCertificate(folder, "confab");
  await using postgres = await startPostgres({ tls: { certificate, key, ca: client.cert } });
  const bySocket = `postgres://confab@/postgres?host=${postgres.folder}&port=${postgres.port}`;
  await postgres.query("CREATE DATABASE chat", bySocket);
  const url = `${named(postgres, "chat")}?sslmode=require`;
  await starts(`${url}&sslcert=${client.cert}&sslkey=${client.key}`);
  assert.match(await refusal(url), /valid client certificate/);
});
