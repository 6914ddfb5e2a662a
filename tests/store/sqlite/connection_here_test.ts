/** Sessions that are found without asking a Worker: as the database has them at that moment. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { ConnectionHere } from "../../../lib/store/sqlite/connection_here.ts";
import { laneOf } from "../../../lib/metrics/counts.ts";
import { refused } from "../../contract/store/stage.ts";
import { accountInput, openIn, tested, withFolder, withStore } from "./support.ts";

const NOW = 1_700_000_000_000;

tested(
  "a session is over for whoever asks after it was ended, here or by another program",
  () =>
    withStore(async ({ store, path }) => {
      const { user, sessionId } = await store.createAccount(accountInput("ann"));
      const again = async () => (await store.getSession({ id: sessionId, now: NOW }))?.user.id;
      assert.equal(await again(), user.id);
      await store.revokeSession({ userId: user.id, sessionId, reason: "revoked", now: NOW });
      assert.equal(await again(), undefined);

      const bob = await store.createAccount(accountInput("bob"));
      const bobs = async () => await store.getSession({ id: bob.sessionId, now: NOW });
      assert.equal((await bobs())?.user.username, "bob");
      const other = new DatabaseSync(path);
      other.prepare("DELETE FROM sessions WHERE id = ?").run(bob.sessionId);
      other.close();
      assert.equal(await bobs(), null);
    }),
);

tested("no Worker is asked for it", async () => {
  const counts = { lanes: new Map() };
  await withStore(async ({ store }) => {
    const { sessionId } = await store.createAccount(accountInput("ann"));
    assert.notEqual(await store.getSession({ id: sessionId, now: NOW }), null);
    assert.equal(laneOf(counts, "reader", "read").operations.count, 0);
  }, { counts });
});

tested(
  "where this thread cannot open the database, the Worker is asked, and the file is not tried again",
  () =>
    withStore(async ({ store, path }) => {
      const { sessionId } = await store.createAccount(accountInput("ann"));
      await store.listSessions({ userId: 1, now: NOW }); // both Workers have it open
      await Deno.rename(path, `${path}.elsewhere`);
      for (let i = 0; i < 2; i++) {
        assert.equal((await store.getSession({ id: sessionId, now: NOW }))?.id, sessionId);
      }
      await Deno.rename(`${path}.elsewhere`, path);

      const here = new ConnectionHere(`${path}.nowhere`);
      await assert.rejects(here.find({ id: 1, now: NOW }), /unable to open/);
      await Deno.copyFile(path, `${path}.nowhere`);
      await assert.rejects(here.find({ id: 1, now: NOW }), /unable to open/);
    }),
);

tested(
  "after the store is closed its log is merged, and nobody is recognised",
  () =>
    withFolder(async (folder) => {
      const { store, path } = await openIn(folder);
      const { sessionId } = await store.createAccount(accountInput("ann"));
      assert.notEqual(await store.getSession({ id: sessionId, now: NOW }), null);
      await store.close();
      await assert.rejects(Deno.stat(`${path}-wal`), Deno.errors.NotFound);
      await refused("unavailable", store.getSession({ id: sessionId, now: NOW }));
    }),
);
