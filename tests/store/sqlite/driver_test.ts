/** What a connection says of the database it is of. */
import assert from "node:assert/strict";
import { openReader } from "../../../lib/store/sqlite/open.ts";
import { accountInput, tested, withWriter } from "./support.ts";

tested(
  "a connection that reads has a number for what is so now, and another once anything is committed",
  () =>
    withWriter(async ({ path, write }) => {
      const reader = openReader(path);
      try {
        const before = await reader.driver.version();
        assert.equal(typeof before, "number");
        assert.equal(await reader.driver.version(), before);
        await write({ names: ["createAccount"], inputs: [accountInput("ann")] });
        assert.notEqual(await reader.driver.version(), before);
      } finally {
        reader.close();
      }
    }),
);

tested(
  "one that has written itself has none: SQLite does not count its own commits",
  () =>
    withWriter(async ({ driver }) => {
      assert.equal(await driver.version(), null);
    }),
);
