/** Reads over a pool: they do not pay for each other, nor for a connection that cannot be had. */
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

test("where the server lets few connections in, those that are open serve every reader", async (postgres) => {
  const url = await postgres.createDatabase("few");
  await postgres.query("CREATE ROLE guest LOGIN");
  await postgres.query("ALTER DATABASE few OWNER TO guest");
  await postgres.query("ALTER SCHEMA public OWNER TO guest", url);
  const guest = url.replace(/\/\/.*@/, "//guest@");
  await (await openNode(guest)).store.close();
  await postgres.query("ALTER ROLE guest CONNECTION LIMIT 4");
  const { store, logged } = await openNode(guest);
  const session = { device: "", address: "", expiresAt: 1 };
  const account = { username: "ann", displayName: "Ann", passwordHash: "" };
  const { user } = await store.createAccount({ ...account, session, firstOnly: false, now: 0 });
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => store.getUser({ userId: user.id, id: user.id })),
  );
  assert.equal(answers.filter((each) => each?.username === "ann").length, 200);
  assert.match(logged.join("\n"), /out of reach.* it has no connection left|too many connections/);
  await store.close();
});
