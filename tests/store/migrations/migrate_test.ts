/** Migrations: once, in order, whole or not at all, and never backwards. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { migrate, MIGRATIONS, SCHEMA_VERSION } from "../../../lib/store/migrations/migrate.ts";
import type { Migration } from "../../../lib/store/migrations/migration.ts";
import {
  type Connection,
  inTransaction,
  prepareConnection,
} from "../../../lib/store/sqlite/batch.ts";
import { SQLITE_DIALECT, SqliteDriver } from "../../../lib/store/sqlite/driver.ts";
import { openIn, tested, withFolder } from "../sqlite/support.ts";

async function withMemory(run: (on: Connection) => Promise<void>): Promise<void> {
  const db = new DatabaseSync(":memory:");
  try {
    await run(prepareConnection(db, new SqliteDriver(db), "BEGIN IMMEDIATE"));
  } finally {
    db.close();
  }
}

function migrateWith(on: Connection, migrations: readonly Migration[]): Promise<void> {
  return migrate({
    dialect: SQLITE_DIALECT,
    transaction: (step) => inTransaction(on, step),
    epoch: "epoch-1",
    migrations,
  });
}

function schemaOf(on: Connection): unknown[] {
  return on.db.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
}

const version = (on: Connection) => on.db.prepare("SELECT version FROM schema_version").all();

tested("the migrations are numbered from one without holes", () => {
  assert.deepEqual(MIGRATIONS.map((step) => step.version), MIGRATIONS.map((_, index) => index + 1));
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
