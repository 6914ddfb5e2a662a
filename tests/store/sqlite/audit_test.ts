/** The audit log in SQLite: only appended, also by whoever has the file open. */
import assert from "node:assert/strict";
import { openWriter } from "../../../lib/store/sqlite/open.ts";
import { tested, withFolder } from "./support.ts";

tested(
  "SQLite refuses to change an entry of the audit log, or to take it away",
  () =>
    withFolder(async (folder) => {
      const on = await openWriter(`${folder}/confab.db`, "epoch-1");
      try {
        on.db.exec(
          "INSERT INTO audit (at, action, actor_kind, detail) VALUES (1, 'user.role', 'operator', '{}')",
        );
        for (const sql of ["UPDATE audit SET at = 2", "DELETE FROM audit"]) {
          assert.throws(() => on.db.exec(sql), /only ever appended/);
        }
        assert.deepEqual({ ...on.db.prepare("SELECT id, at FROM audit").get() }, { id: 1, at: 1 });
      } finally {
        on.close();
      }
    }),
);
