/** What an operator's command and a node do at the same moment: the place keeps its owner. */
import assert from "node:assert/strict";
import { readAddress } from "../../../lib/postgres/address.ts";
import { openPostgresUpkeep } from "../../../lib/store/postgres/upkeep.ts";
import { setAccount } from "../../../lib/store/upkeep/accounts.ts";
import { postgresTests } from "../../support/postgres.ts";
import { aLittleLater, openNodes } from "./meeting_nodes.ts";

const test = postgresTests();

test("whom the place is handed to at this moment is not disabled by a command that knew them as a member", async (postgres) => {
  await using nodes = await openNodes(postgres);
  const { one: { store } } = nodes;
  const now = 1_700_000_000_000;
  const session = { device: "test", address: "192.0.2.1", expiresAt: now + 3_600_000 };
  for (const username of ["ann", "ben"]) {
    const account = { username, displayName: username, passwordHash: "", firstOnly: false };
    await store.createAccount({ ...account, session, now });
  }
  const operator = await openPostgresUpkeep(readAddress(nodes.url, {}), "write");
  try {
    await nodes.slow("UPDATE", "users");
    const handing = store.handOver({ actorId: 1, userId: 2, now });
    await aLittleLater();
    const command = operator.write((db) => setAccount(db, "ben", { disabled: true }, now));
    await assert.rejects(command, /ben is the only owner who can sign in/);
    await handing;
    const owner = await nodes.sql(
      "SELECT username FROM users WHERE role = 'owner' AND disabled = 0",
    );
    assert.match(owner, /ben/);
  } finally {
    await operator.close();
  }
});
