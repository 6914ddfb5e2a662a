/** Reads that share a view and a connection of the pool do not pay for each other. */
import assert from "node:assert/strict";
import { postgresTests } from "../../support/postgres.ts";
import { openNode } from "./meeting_nodes.ts";

const test = postgresTests();

test("a question that the database cannot take fails alone, and its neighbours are answered", async (postgres) => {
  const { store } = await openNode(await postgres.createDatabase());
  const session = { device: "", address: "", expiresAt: 1 };
  const account = { username: "ann", displayName: "Ann", passwordHash: "" };
  const { user } = await store.createAccount({ ...account, session, firstOnly: false, now: 0 });
  const noNumber = 1.5;
  // More than there are connections: they come in batches.
  const answers = await Promise.allSettled(
    Array.from({ length: 60 }, (_, index) => {
      const id = index % 10 === 3 ? noNumber : user.id;
      return store.getUser({ userId: user.id, id });
    }),
  );
  const codes = answers.map((each) =>
    each.status === "fulfilled" ? each.value?.username : each.reason.code
  );
  assert.deepEqual(
    codes,
    answers.map((_, index) => index % 10 === 3 ? "internal" : "ann"),
  );
  await store.close();
});
