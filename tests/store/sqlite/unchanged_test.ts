/** What is given again while nothing was committed, and read anew after anything was. */
import assert from "node:assert/strict";
import { readBatch } from "../../../lib/store/commit/batch.ts";
import type { Snapshot } from "../../../lib/store/contract/sync.ts";
import { openReader } from "../../../lib/store/sqlite/open.ts";
import { accountInput, messageInput, tested, withWriter } from "./support.ts";

tested(
  "a list is given again while nothing was committed, and to nobody else",
  () =>
    withWriter(async ({ path, write: commit }) => {
      const write = async (name: "createAccount" | "sendMessage", input: unknown) => {
        const { errors } = await commit({ names: [name], inputs: [input] });
        assert.equal(errors.size, 0);
      };
      await write("createAccount", accountInput("ann"));
      await write("createAccount", accountInput("ben"));
      const reader = openReader(path);
      try {
        const read = async (userId: number) => {
          const batch = { names: ["snapshot" as const], inputs: [{ userId }] };
          return (await readBatch(reader, batch)).outcomes[0] as Snapshot;
        };
        const ids: number[] = [];
        for (const name of ["ann", "ben"]) {
          const row = reader.db.prepare("SELECT id FROM users WHERE username = ?").get(name)!;
          ids.push(Number(row.id));
        }
        const [ann, ben] = ids as [number, number];
        const first = await read(ann);
        assert.equal(await read(ann), first);
        assert.equal((await read(ben)).user.username, "ben");
        assert.equal(await read(ann), first);
        await write("sendMessage", messageInput(ben, "hello"));
        const later = await read(ann);
        assert.deepEqual([first.heads, later.heads], [[0], [1]]);
        assert.equal(await read(ann), later);
      } finally {
        reader.close();
      }
    }),
);

tested(
  "a connection that has written itself gives nothing again",
  () =>
    withWriter(async ({ driver }) => {
      assert.equal(await driver.version(), null);
    }),
);
