/** Migrations: once, in order, whole or not at all, and never backwards. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { migrate } from "../../../lib/store/migrations/migrate.ts";
import { MIGRATIONS } from "../../../lib/store/migrations/steps.ts";
import { SCHEMA_VERSION } from "../../../lib/store/migrations/schema_version.ts";
import type { Migration } from "../../../lib/store/migrations/migration.ts";
import { SQLITE_DIALECT } from "../../../lib/store/sqlite/driver.ts";
import { SqliteTransaction } from "../../../lib/store/sqlite/transaction.ts";
import { runInTransaction } from "../../../lib/store/transaction.ts";
import { openIn, tested, withFolder } from "../sqlite/support.ts";
import { snapshotOf } from "../../support/store_reads.ts";

async function withMemory(run: (on: SqliteTransaction) => Promise<void>): Promise<void> {
  const db = new DatabaseSync(":memory:");
  try {
    await run(new SqliteTransaction(db, "BEGIN IMMEDIATE"));
  } finally {
    db.close();
  }
}

function migrateWith(on: SqliteTransaction, migrations: readonly Migration[]): Promise<void> {
  return migrate({
    dialect: SQLITE_DIALECT,
    transaction: (step) => runInTransaction(on, step),
    epoch: "epoch-1",
    migrations,
  });
}

function schemaOf(on: SqliteTransaction): unknown[] {
  return on.db.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
}

const version = (on: SqliteTransaction) =>
  on.db.prepare("SELECT version FROM schema_version").all();

tested("the migrations are numbered from one to the schema's version without holes", () => {
  assert.deepEqual(MIGRATIONS.map((step) => step.version), MIGRATIONS.map((_, index) => index + 1));
  assert.equal(SCHEMA_VERSION, MIGRATIONS.length);
  return Promise.resolve();
});

tested("migrating again changes nothing", () =>
  withMemory(async (on) => {
    await migrateWith(on, MIGRATIONS);
    const schema = schemaOf(on);
    await migrateWith(on, MIGRATIONS);
    assert.deepEqual(schemaOf(on), schema);
    assert.deepEqual(version(on).map((row) => row.version), [SCHEMA_VERSION]);
  }));

tested("what is missing is applied, in order", () =>
  withMemory(async (on) => {
    await migrateWith(on, MIGRATIONS);
    const next: Migration = {
      version: SCHEMA_VERSION + 1,
      statements: ({ integer }) => [`ALTER TABLE users ADD COLUMN shoe_size ${integer}`],
    };
    await migrateWith(on, [...MIGRATIONS, next]);
    on.db.prepare("SELECT shoe_size FROM users").all();
    assert.deepEqual(version(on).map((row) => row.version), [SCHEMA_VERSION + 1]);
  }));

tested(
  "a migration that fails halfway leaves the schema as it was",
  () =>
    withMemory(async (on) => {
      await migrateWith(on, MIGRATIONS);
      const schema = schemaOf(on);
      const broken: Migration = {
        version: SCHEMA_VERSION + 1,
        statements: () => ["CREATE TABLE half (id INTEGER)", "ALTER TABLE nowhere ADD COLUMN x"],
      };
      await assert.rejects(migrateWith(on, [...MIGRATIONS, broken]), /nowhere/);
      assert.deepEqual(schemaOf(on), schema);
      assert.deepEqual(version(on).map((row) => row.version), [SCHEMA_VERSION]);
    }),
);

tested(
  "a database of a newer version is refused in a plain sentence",
  () =>
    withFolder(async (folder) => {
      const { store, path } = await openIn(folder);
      await store.close();
      const db = new DatabaseSync(path);
      db.exec("UPDATE schema_version SET version = 999");
      db.close();
      await assert.rejects(
        openIn(folder),
        /^Error: Cannot open the database: its schema is version 999, .* Start the newer Confab/,
      );
    }),
);

/** The next version's step, as its release would bring it. */
const later = (more: Partial<Migration>): Migration => ({
  version: SCHEMA_VERSION + 1,
  statements: ({ integer }) => [`ALTER TABLE users ADD COLUMN shoe_size ${integer}`],
  ...more,
});

async function openAfter(folder: string, ...steps: Migration[]) {
  const db = new DatabaseSync(`${folder}/confab.db`);
  const on = new SqliteTransaction(db, "BEGIN IMMEDIATE");
  await migrateWith(on, [...MIGRATIONS, ...steps]);
  db.close();
  return await openIn(folder);
}

tested(
  "a program works on a newer schema that only adds, and leaves it as it is",
  () =>
    withFolder(async (folder) => {
      const { store } = await openAfter(folder, later({ compatibleFrom: SCHEMA_VERSION }));
      await store.createAccount({
        username: "ann",
        displayName: "Ann",
        passwordHash: "",
        session: { device: "", address: "", expiresAt: 1 },
        firstOnly: false,
        now: 0,
      });
      await store.close();
      const db = new DatabaseSync(`${folder}/confab.db`);
      assert.equal(
        db.prepare("SELECT version FROM schema_version").get()?.version,
        SCHEMA_VERSION + 1,
      );
      assert.equal(db.prepare("SELECT shoe_size FROM users").get()?.shoe_size, null);
      db.close();
    }),
);

tested(
  "a newer schema that an older program would break is refused, also under a later one that only adds",
  () =>
    withFolder(async (folder) => {
      const narrower = later({});
      const wider: Migration = {
        version: SCHEMA_VERSION + 2,
        compatibleFrom: SCHEMA_VERSION,
        statements: () => [],
      };
      await assert.rejects(openAfter(folder, narrower), /its schema is version/);
      await assert.rejects(openAfter(folder, narrower, wider), /its schema is version/);
    }),
);

tested(
  "messages that were stored, edited and deleted by the first schema are caught up with and counted",
  () =>
    withFolder(async (folder) => {
      const db = new DatabaseSync(`${folder}/confab.db`);
      const on = new SqliteTransaction(db, "BEGIN IMMEDIATE");
      await migrateWith(on, MIGRATIONS.slice(0, 1));
      db.exec(`
        INSERT INTO users (id, username, username_key, display_name, display_key, role,
            password_hash, created_at)
          VALUES (1, 'ann', 'ann', 'Ann', 'ann', 'owner', '', 0),
            (2, 'ben', 'ben', 'Ben', 'ben', 'member', '', 0);
        INSERT INTO rooms (id, kind, name, name_key, head, member_count, created_by, created_at)
          VALUES (1, 'public', 'general', 'general', 6, 2, 1, 0);
        INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
          VALUES (1, 1, 'owner', 0, 0), (1, 2, 'member', 0, 0);
        INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, edited_at, deleted_at,
            reactions, mentions, files)
          VALUES (1, 1, 1, 1, 'a', 'as sent', 0, NULL, NULL, '{}', '[]', '[]'),
            (1, 2, 5, 1, 'b', 'edited', 0, 9, NULL, '{}', '[]', '[]'),
            (1, 3, 6, 1, 'c', '', 0, NULL, 9, '{}', '[]', '[]'),
            (1, 4, 4, 1, 'd', 'as sent too', 0, NULL, NULL, '{}', '[]', '[]')`);
      db.close();
      const { store } = await openIn(folder);
      const changed = await store.changes({ userId: 2, room: 1, since: 0, limit: 3 });
      const rest = await store.changes({ userId: 2, room: 1, since: 5, limit: 3 });
      const { rooms: [room] } = await snapshotOf(store, 2);
      await store.close();
      assert.deepEqual(changed.messages.map((message) => message.rev), [1, 4, 5]);
      assert.deepEqual([changed.more, rest.more], [true, false]);
      assert.deepEqual(rest.messages.map((message) => message.rev), [6]);
      assert.equal(room!.membership.unread, 3);
    }),
);

tested("two forms of one emoji on a message become one reaction", () =>
  withMemory(async (on) => {
    await migrateWith(on, MIGRATIONS.slice(0, 2));
    on.db.exec(`
      INSERT INTO users (id, username, username_key, display_name, display_key, role,
          password_hash, created_at)
        VALUES (1, 'ann', 'ann', 'Ann', 'ann', 'owner', '', 0);
      INSERT INTO rooms (id, kind, name, name_key, head, member_count, created_by, created_at)
        VALUES (1, 'public', 'general', 'general', 2500, 1, 1, 0)`);
    const add = on.db.prepare(
      `INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions,
         files) VALUES (1, ?, ?, 1, ?, 'x', 0, ?, '[]', '[]')`,
    );
    for (let seq = 1; seq <= 2_500; seq++) {
      add.run(seq, seq, `c${seq}`, seq % 2 === 0 ? "{}" : '{"❤":[3,1],"👍":[1],"❤️":[1,2]}');
    }
    await migrateWith(on, MIGRATIONS);
    const stored = on.db.prepare("SELECT DISTINCT reactions FROM messages ORDER BY seq").all();
    assert.deepEqual(stored.map((row) => row.reactions), ['{"❤️":[3,1,2],"👍":[1]}', "{}"]);
  }));

tested(
  "people who signed up before there were words for them are found by theirs",
  () =>
    withFolder(async (folder) => {
      const db = new DatabaseSync(`${folder}/confab.db`);
      const on = new SqliteTransaction(db, "BEGIN IMMEDIATE");
      await migrateWith(on, MIGRATIONS.slice(0, 2));
      db.exec(`
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1201)
      INSERT INTO users (id, username, username_key, display_name, display_key, role,
          password_hash, created_at)
        SELECT i, 'user' || i, 'user' || i, 'José García ' || i, 'josé garcía ' || i, 'member', '', 0
        FROM n`);
      db.close();
      const { store } = await openIn(folder);
      const found = await store.searchUsers({ userId: 1, q: "garcia 1201", limit: 3 });
      const any = await store.searchUsers({ userId: 1, q: "jose", limit: 3 });
      await store.close();
      assert.deepEqual([found.map((user) => user.id), any.length], [[1201], 3]);
    }),
);

tested(
  "direct rooms in which nothing was ever said go out of the lists of those who did not make them",
  () =>
    withFolder(async (folder) => {
      const db = new DatabaseSync(`${folder}/confab.db`);
      const on = new SqliteTransaction(db, "BEGIN IMMEDIATE");
      await migrateWith(on, MIGRATIONS.slice(0, 2));
      db.exec(`
        INSERT INTO users (id, username, username_key, display_name, display_key, role,
            password_hash, created_at)
          VALUES (1, 'ann', 'ann', 'Ann', 'ann', 'owner', '', 0),
            (2, 'ben', 'ben', 'Ben', 'ben', 'member', '', 0),
            (3, 'cid', 'cid', 'Cid', 'cid', 'member', '', 0);
        INSERT INTO rooms (id, kind, direct_key, head, member_count, created_by, created_at)
          VALUES (2, 'direct', '1,2', 0, 2, 1, 0), (3, 'direct', '2,3', 1, 2, 3, 0);
        INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
          VALUES (2, 1, 'member', 0, 0), (2, 2, 'member', 0, 0),
            (3, 2, 'member', 0, 0), (3, 3, 'member', 1, 0);
        INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions,
            files)
          VALUES (3, 1, 1, 3, 'a', 'hello', 0, '{}', '[]', '[]')`);
      db.close();
      const { store } = await openIn(folder);
      const lists = await Promise.all([1, 2, 3].map((userId) => snapshotOf(store, userId)));
      await store.close();
      assert.deepEqual(lists.map(({ rooms }) => rooms.map(({ id }) => id)), [[2], [3], [3]]);
    }),
);

/** A database as the program wrote it before names had looks: what is invisible told names apart. */
const CLASHING = `
  INSERT INTO users (id, username, username_key, display_name, display_key, role, password_hash,
      created_at)
    VALUES (1, 'owner', 'owner', 'Boss', 'boss', 'owner', 'hash 1', 0),
      (2, 'o\u200dwner', 'o\u200dwner', 'b\u00adoss', 'b\u00adoss', 'member', 'hash 2', 0),
      (3, 'оwner', 'оwner', 'Cid', 'cid', 'member', 'hash 3', 0),
      (4, 'own\u2060er', 'own\u2060er', 'OWNER', 'owner', 'member', 'hash 4', 0),
      (5, 'stra\u200dsse', 'stra\u200dsse', 'Ann', 'ann', 'member', 'hash 5', 0),
      (6, 'straße', 'straße', 'Ben', 'ben', 'member', 'hash 6', 0),
      (7, 'strasse', 'strasse', 'Dot', 'dot', 'member', 'hash 7', 0);
  INSERT INTO rooms (id, kind, name, name_key, head, member_count, created_by, created_at)
    VALUES (1, 'public', 'general', 'general', 0, 1, 1, 0),
      (2, 'public', 'gen\u200beral', 'gen\u200beral', 0, 1, 2, 0),
      (3, 'private', 'general', 'general', 0, 1, 2, 0),
      (4, 'public', 'gеneral', 'gеneral', 0, 1, 2, 0);
  INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
    VALUES (1, 1, 'owner', 0, 0), (2, 2, 'owner', 0, 0), (3, 2, 'owner', 0, 0);`;

tested(
  "names that were given twice stay two: the older keeps it, the newer signs in by its spelling",
  () =>
    withFolder(async (folder) => {
      const db = new DatabaseSync(`${folder}/confab.db`);
      const on = new SqliteTransaction(db, "BEGIN IMMEDIATE");
      await migrateWith(on, MIGRATIONS.slice(0, 5));
      db.exec(CLASHING);
      db.close();
      const { store, logged } = await openIn(folder);
      const hashOf = async (username: string) =>
        (await store.credentials({ username }))?.passwordHash ?? null;
      const names = ["owner", "OWNER", "o\u200dwner", "оwner", "own\u2060er", "strasse", "straße"];
      const found = await Promise.all([...names, "stra\u200dsse", "STRASSE"].map(hashOf));
      const user = async (id: number) =>
        (await store.getUser({ userId: 1, id }))!.namesake ?? false;
      const marked = await Promise.all([1, 2, 3, 4, 5].map(user));
      const renamed = store.updateRoom({ userId: 2, room: 2, name: "General" });
      await assert.rejects(renamed, /There is a public room with this name already/);
      await store.updateRoom({ userId: 2, room: 2, topic: "another" });
      await store.updateRoom({ userId: 2, room: 2, name: "second" });
      await store.close();

      assert.deepEqual(found, [
        ...[
          "hash 1",
          "hash 1",
          "hash 2",
          "hash 3",
          "hash 4",
          "hash 7",
          "hash 6",
          "hash 5",
          "hash 5",
        ],
      ]);
      assert.deepEqual(marked, [true, true, false, true, false]);
      assert.equal(logged.length, 7, logged.join("\n"));
      assert.match(logged[0]!, /“owner” \(id 1\) keeps it, “o\\u\{200d\}wner” \(id 2\)/);
      assert.match(logged[1]!, /look alike: “owner” \(id 1\) and “оwner” \(id 3\)/);
      assert.match(logged[3]!, /“stra\\u\{200d\}sse” \(id 5\) keeps it, “straße” \(id 6\)/);
      assert.match(logged[5]!, /rooms have one name: “general” \(id 1\) and “gen\\u\{200b\}eral”/);
      assert.match(logged[6]!, /rooms look alike: “general” \(id 1\) and “gеneral” \(id 4\)/);
    }),
);
