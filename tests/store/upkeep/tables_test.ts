/** The list of tables that are copied is the schema's, and each is read by its own key. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { COPIED, NOT_COPIED } from "../../../lib/store/upkeep/tables.ts";
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
    for (const { name, key } of COPIED) {
      const columns = db.prepare(
        "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
      ).all(name);
      assert.deepEqual(columns.map((column) => column.name), key, name);
    }
    db.close();
  }));

Deno.test("a table is copied after those that its rows name", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    const db = new DatabaseSync(`${folder}/chat.db`, { readOnly: true });
    for (const [index, { name }] of COPIED.entries()) {
      const earlier = COPIED.slice(0, index + 1).map((table) => table.name);
      const named = db.prepare('SELECT "table" AS name FROM pragma_foreign_key_list(?)').all(name);
      for (const each of named) {
        assert.ok(earlier.includes(String(each.name)), `${name}: ${each.name}`);
      }
    }
    db.close();
  }));
