/** Migrations with several nodes: once, whoever is first, and the version before goes on working. */
import assert from "node:assert/strict";
import { readAddress } from "../../../lib/postgres/address.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../../../lib/store/migrations/migrate.ts";
import type { Migration } from "../../../lib/store/migrations/migration.ts";
import { prepareDatabase } from "../../../lib/store/postgres/open.ts";
import { postgresTests } from "../../support/postgres.ts";
import { openNode } from "./meeting_nodes.ts";

const test = postgresTests();

const prepare = (url: string, migrations: readonly Migration[] = MIGRATIONS) =>
  prepareDatabase(readAddress(url, {}), {
    newEpoch: crypto.randomUUID(),
    secret: null,
    madeSecret: crypto.randomUUID(),
    report: () => {},
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
