/** The list of tables that are copied is the schema's, and each is read by its own key. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
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
