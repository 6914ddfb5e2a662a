/** The list of tables that are copied is the schema's, and each is read by its own key. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { BLOB_COLUMNS } from "../../../lib/store/operations/parts/kept_blobs.ts";
import { COPIED, EMPTIED, NOT_COPIED } from "../../../lib/store/upkeep/tables.ts";
import { makeChat, withFolder } from "../../support/operator.ts";

Deno.test("every table of the schema is copied, or is not for a reason; each by its primary key", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    const db = new DatabaseSync(`${folder}/chat.db`, { readOnly: true });
    const tables = db.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    ).all().map(({ name }) => String(name));
    const copied = COPIED.map(({ name }) => name);
    assert.deepEqual(
      tables.filter((name) => !Object.hasOwn(NOT_COPIED, name)).sort(),
      copied.toSorted(),
    );
    assert.deepEqual(
      tables.filter((name) => name !== "schema_version").sort(),
      EMPTIED.toSorted(),
      "and none keeps rows of a chat that another one takes the place of",
    );
    for (const { name, key } of COPIED) {
      const columns = db.prepare(
        "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
      ).all(name);
      assert.deepEqual(columns.map((column) => column.name), key, name);
    }
    db.close();
  }));

Deno.test("a table is copied, and emptied before, in an order in which rows name those of earlier tables", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    const db = new DatabaseSync(`${folder}/chat.db`, { readOnly: true });
    // It begins with those that are copied.
    for (const [index, name] of EMPTIED.entries()) {
      const earlier = EMPTIED.slice(0, index + 1);
      const named = db.prepare('SELECT "table" AS name FROM pragma_foreign_key_list(?)').all(name);
      for (const each of named) {
        assert.ok(earlier.includes(String(each.name)), `${name}: ${each.name}`);
      }
    }
    db.close();
  }));

/** Columns that say something else. */
const OTHERS = new Set(["link_previews.key", "meta.key", "workspace.key"]);

/** Tables whose rows have a limit, which are read whole. */
const FEW = new Set(["custom_emoji"]);

Deno.test("every column that names bytes is known to those who sweep, copy and check them", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    const db = new DatabaseSync(`${folder}/chat.db`, { readOnly: true });
    const columns = db.prepare(
      `SELECT t.name AS of, c.name AS name FROM sqlite_master AS t, pragma_table_info(t.name) AS c
       WHERE t.type = 'table' AND (c.name LIKE '%blob' OR c.name = 'key')`,
    ).all().map(({ of, name }) => `${of}.${name}`);
    assert.deepEqual(
      columns.filter((column) => !OTHERS.has(column)).sort(),
      BLOB_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort(),
    );
    for (const { table, column, size, where, beside } of BLOB_COLUMNS) {
      db.prepare(
        `SELECT ${column}, ${size ?? 0} FROM ${table} WHERE ${where} AND ${
          beside?.where ?? "1 = 1"
        }`,
      ).all();
      const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE ${column} IN (?, ?)`)
        .all().map(({ detail }) => String(detail)).join();
      const isFound = plan.includes("SEARCH") || FEW.has(table);
      assert.ok(isFound, `${table}.${column} is found by an index`);
    }
    db.close();
  }));
