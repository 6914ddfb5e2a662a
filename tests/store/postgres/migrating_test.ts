/** Migrations with several nodes: once, whoever is first, and the version before goes on working. */
import assert from "node:assert/strict";
import { readAddress } from "../../../lib/postgres/address.ts";
import { MIGRATIONS } from "../../../lib/store/migrations/steps.ts";
import { SCHEMA_VERSION } from "../../../lib/store/migrations/schema_version.ts";
import type { Migration, Report } from "../../../lib/store/migrations/migration.ts";
import { prepareDatabase } from "../../../lib/store/postgres/open.ts";
import { type Postgres, postgresTests } from "../../support/postgres.ts";
import { openNode } from "./meeting_nodes.ts";

const test = postgresTests();

const prepare = (
  url: string,
  migrations: readonly Migration[] = MIGRATIONS,
  report: Report = () => {},
) =>
  prepareDatabase(readAddress(url, {}), {
    newEpoch: crypto.randomUUID(),
    secret: null,
    madeSecret: crypto.randomUUID(),
    report,
    migrations,
  });

/** The next version's step, as its release would bring it. */
const expanding: Migration = {
  version: SCHEMA_VERSION + 1,
  compatibleFrom: SCHEMA_VERSION,
  statements: ({ integer, text, identity }) => [
    `ALTER TABLE users ADD COLUMN shoe_size ${integer}`,
    `CREATE TABLE shoes (id ${identity}, name ${text} NOT NULL)`,
  ],
};

const contracting: Migration = {
  version: SCHEMA_VERSION + 2,
  statements: () => ["ALTER TABLE users DROP COLUMN avatar"],
};

test("eight nodes that start at once begin cleanly, on one history and with one secret", async (postgres) => {
  const url = await postgres.createDatabase();
  const prepared = await Promise.all(Array.from({ length: 8 }, () => prepare(url)));
  const distinct = (of: (each: typeof prepared[number]) => string) =>
    new Set(prepared.map(of)).size;
  assert.equal(distinct(({ epoch }) => epoch), 1);
  assert.equal(distinct(({ instance }) => instance), 1);
  assert.equal(distinct(({ secret }) => new TextDecoder().decode(secret)), 1);
  assert.equal(
    await postgres.query("SELECT version FROM schema_version", url),
    `${SCHEMA_VERSION}`,
  );
});

test("each step is taken by one node, however many start at once", async (postgres) => {
  const url = await postgres.createDatabase();
  let taken = 0;
  const counted: Migration = {
    ...expanding,
    rewrite() {
      taken += 1;
      return Promise.resolve();
    },
  };
  await Promise.all(Array.from({ length: 4 }, () => prepare(url, [...MIGRATIONS, counted])));
  assert.equal(taken, 1);
});

test("nodes of this version and of the next start at once, and both work", async (postgres) => {
  const url = await postgres.createDatabase();
  const [old] = await Promise.all([
    openNode(url),
    prepare(url, [...MIGRATIONS, expanding]),
    prepare(url, [...MIGRATIONS, expanding]),
    prepare(url),
  ]);
  const late = await openNode(url);
  for (const { store } of [old, late]) {
    const username = store === late.store ? "ben" : "ann";
    const { user } = await store.createAccount({
      username,
      displayName: username,
      passwordHash: "",
      session: { device: "", address: "", expiresAt: 1 },
      firstOnly: false,
      now: 0,
    });
    const sent = await store.sendMessage({
      userId: user.id,
      room: 1,
      clientId: `client-of-${username}`,
      text: "hello",
      replyTo: null,
      now: 0,
    });
    assert.equal(sent.duplicate, false);
    await store.close();
  }
  assert.equal(
    await postgres.query("SELECT version FROM schema_version", url),
    `${SCHEMA_VERSION + 1}`,
  );
});

/** Begins something beside a migration: resolves when it has read from the table. */
async function beside(postgres: Postgres, url: string, table: string, sql: string) {
  const over = postgres.query(`BEGIN; SELECT id FROM ${table} LIMIT 1; ${sql}; COMMIT`, url);
  await until(postgres, url, `relation = '${table}'::regclass AND granted`);
  return { over };
}

async function until(postgres: Postgres, url: string, locks: string): Promise<void> {
  while (await postgres.query(`SELECT count(*) FROM pg_locks WHERE ${locks}`, url) === "0");
}

test("a step that meets others who lock the tables in another order lets them go first", async (postgres) => {
  const url = await postgres.createDatabase();
  await prepare(url);
  const wide: Migration = {
    version: SCHEMA_VERSION + 1,
    compatibleFrom: SCHEMA_VERSION,
    statements: ({ integer }) => [`ALTER TABLE users ADD COLUMN width ${integer}`],
    async rewrite(db, report) {
      report("The width of room 1 is not known.");
      await db.run("ALTER TABLE rooms ADD COLUMN width BIGINT", []);
    },
  };
  const reads = "SELECT pg_sleep(0.7); SELECT count(*) FROM users";
  const { over } = await beside(postgres, url, "rooms", reads);
  const reported: string[] = [];
  await Promise.all([
    prepare(url, [...MIGRATIONS, wide], (sentence) => void reported.push(sentence)),
    over,
  ]);
  assert.deepEqual(reported, ["The width of room 1 is not known."], "once");
});

test("nodes go on writing while a step waits for a table that a backup reads", async (postgres) => {
  const url = await postgres.createDatabase();
  const node = await openNode(url);
  const { user } = await node.store.createAccount({
    username: "ann",
    displayName: "Ann",
    passwordHash: "",
    session: { device: "", address: "", expiresAt: 1 },
    firstOnly: false,
    now: 0,
  });
  const { over } = await beside(postgres, url, "users", "SELECT pg_sleep(4)");
  let ended = false;
  const backup = over.finally(() => ended = true);
  const migrated = prepare(url, [...MIGRATIONS, expanding]);
  await until(postgres, url, "mode = 'AccessExclusiveLock' AND NOT granted");
  let sent = 0;
  for (; !ended; sent++) {
    await node.store.sendMessage({
      userId: user.id,
      room: 1,
      clientId: `while-it-waits-${sent}`,
      text: "hello",
      replyTo: null,
      now: 0,
    });
  }
  assert.ok(sent > 10, `${sent} messages`);
  await Promise.all([migrated, backup]);
  await node.store.close();
});

test("a schema that took something away is refused in a sentence", async (postgres) => {
  const url = await postgres.createDatabase();
  await prepare(url, [...MIGRATIONS, expanding, contracting]);
  await assert.rejects(
    openNode(url),
    new RegExp(
      `^Error: Cannot open the database: its schema is version ${SCHEMA_VERSION + 2}, .* newer`,
    ),
  );
});
