/** The operator's way to accounts: who was erased does not come back by it either. */
import assert from "node:assert/strict";
import { OPERATIONS } from "../../../lib/store/operations/table.ts";
import { SqliteDriver } from "../../../lib/store/sqlite/driver.ts";
import { openWriter } from "../../../lib/store/sqlite/open.ts";
import { accounts, setAccount, setPassword } from "../../../lib/store/upkeep/accounts.ts";
import { accountInput, tested, withFolder } from "../sqlite/support.ts";

tested(
  "an erased account is listed as such, and no command brings it back",
  () =>
    withFolder(async (folder) => {
      const on = await openWriter(`${folder}/confab.db`, "epoch-1");
      try {
        const db = new SqliteDriver(on.db);
        for (const name of ["ann", "ben"]) {
          await OPERATIONS.createAccount.run(db, accountInput(name));
        }
        const act = { actorId: 1, userId: 2, now: 1 };
        const fate = { texts: "keep", username: "keep", displayName: "Former member" } as const;
        await OPERATIONS.eraseUser.run(db, { ...act, ...fate });
        const states: boolean[] = [];
        for await (const { erased } of accounts(db)) {
          states.push(erased);
        }
        assert.deepEqual(states, [false, true]);
        const refusal = /was erased, and does not come back/;
        await assert.rejects(setAccount(db, "ben", { disabled: false }, 1), refusal);
        await assert.rejects(setAccount(db, "ben", { role: "owner" }, 1), refusal);
        await assert.rejects(setPassword(db, "ben", "hash", 1), refusal);
      } finally {
        on.close();
      }
    }),
);
