/** Nothing of an erased person stays by oversight: each table that names users is in a list. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { NOT_PERSONAL, PERSONAL } from "../../../../lib/store/operations/parts/personal.ts";
import { makeChat, withFolder } from "../../../support/operator.ts";

Deno.test("what names a user goes with them when they are erased, or stays for a reason", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    const db = new DatabaseSync(`${folder}/chat.db`, { readOnly: true });
    const named = db.prepare(
      `SELECT DISTINCT m.name FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f
       WHERE m.type = 'table' AND f."table" = 'users' ORDER BY m.name`,
    ).all().map(({ name }) => String(name));
    db.close();
    const listed = [...Object.keys(PERSONAL), ...Object.keys(NOT_PERSONAL)];
    assert.deepEqual(named.filter((name) => !listed.includes(name)), []);
    assert.deepEqual(listed.filter((name) => !named.includes(name)), []);
  }));
