/** The audit log in PostgreSQL: only appended, also by whoever speaks with the database itself. */
import assert from "node:assert/strict";
import { postgresTests } from "../../support/postgres.ts";
import { openNode } from "./meeting_nodes.ts";

const test = postgresTests();

test("PostgreSQL refuses to change an entry of the audit log, or to take it away", async (postgres) => {
  const url = await postgres.createDatabase();
  const node = await openNode(url);
  try {
    await postgres.query(
      "INSERT INTO audit (at, action, actor_kind, detail) VALUES (1, 'user.role', 'operator', '{}')",
      url,
    );
    for (const sql of ["UPDATE audit SET at = 2", "DELETE FROM audit"]) {
      await assert.rejects(postgres.query(sql, url), /only ever appended/);
    }
    assert.equal(await postgres.query("SELECT at FROM audit", url), "1");
  } finally {
    await node.store.close();
  }
});
