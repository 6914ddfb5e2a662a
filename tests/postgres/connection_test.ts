/** Connections to a real server: their session's settings, how they end, and how they come back. */
import assert from "node:assert/strict";
import { readAddress } from "../../lib/postgres/address.ts";
import { Connection, ConnectionLost } from "../../lib/postgres/connection.ts";
import { LastingConnection } from "../../lib/postgres/lasting_connection.ts";
import { Outage } from "../../lib/postgres/outage.ts";
import { CannotConnect } from "../../lib/postgres/sentences.ts";
import { startCable } from "../support/cable.ts";
import { eventually } from "../support/eventually.ts";
import { postgresTests } from "../support/postgres.ts";

const test = postgresTests();

const address = (url: string) => readAddress(url, {});

async function settingsOf(connection: Connection, ...names: string[]): Promise<string[]> {
  const values: string[] = [];
  for (const name of names) {
    const { rows } = await connection.query<{ value: string }>({
      text: `SELECT current_setting('${name}') AS value`,
    });
    values.push(rows[0]!.value);
  }
  return values;
}

test("what is acknowledged waits for the disk, whatever the operator has set for others", async (postgres) => {
  const url = await postgres.createDatabase("settings");
  const seen: string[] = [];
  for (const wanted of ["off", "on", "local", "remote_apply"]) {
    await postgres.query(`ALTER DATABASE settings SET synchronous_commit = '${wanted}'`);
    const connection = await Connection.open(address(url));
    seen.push(...await settingsOf(connection, "synchronous_commit"));
    await connection.close();
  }
  assert.deepEqual(seen, ["on", "on", "local", "remote_apply"]);
});

test("nothing waits for ever, but a migration that waits for another node's", async (postgres) => {
  const limits = ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"];
  const hasty = await Connection.open(address(postgres.url));
  const patient = await Connection.open(address(postgres.url), { patient: true });
  assert.deepEqual(await settingsOf(hasty, ...limits), ["2s", "5s", "5s"]);
  assert.deepEqual(await settingsOf(patient, ...limits), ["0", "0", "0"]);
  const values = await hasty.query({ text: "SELECT 9::int8 AS a, 1.5::numeric AS b, true AS c" });
  assert.deepEqual(values.rows, [{ a: 9, b: 1.5, c: 1 }]);
  await Promise.all([hasty.close(), patient.close()]);
});

test("a server that stands still is given up, and what was asked of it is refused", async (postgres) => {
  await using cable = startCable(postgres.port);
  const reasons: string[] = [];
  const connection = await Connection.open(address(cable.through(postgres.url)), {
    onLost: (reason) => reasons.push(reason),
  });
  cable.cut();
  await assert.rejects(connection.query({ text: "SELECT 1" }), ConnectionLost);
  assert.equal(connection.lost, true);
  assert.equal(reasons.length, 1);
  await assert.rejects(connection.query({ text: "SELECT 1" }), ConnectionLost);
  await assert.rejects(Connection.open(address(cable.through(postgres.url))), CannotConnect);
  await connection.close();
});

test("a connection comes back by itself, and an outage is told when it begins and when it ends", async (postgres) => {
  const told: string[] = [];
  const outage = new Outage((message, detail, level) =>
    void told.push(`${level}: ${message} ${detail}`.trim())
  );
  const made = () =>
    new LastingConnection({
      open: (more) => Connection.open(address(postgres.url), more),
      begin: (connection) => connection,
      outage,
    });
  const several = [made(), made(), made()];
  const pids = async () => {
    const found: number[] = [];
    for (const each of several) {
      const { rows } = await (await each.ready()).query<{ pid: number }>({
        text: "SELECT pg_backend_pid() AS pid",
      });
      found.push(rows[0]!.pid);
    }
    return found;
  };
  const before = await pids();
  await postgres.stop();
  await eventually(() => assert.equal(told.length, 1));
  await eventually(async () => await assert.rejects(several[0]!.ready(), ConnectionLost));
  await postgres.start();
  const after = await eventually(pids);
  await eventually(() => assert.equal(told.length, 2));
  assert.equal(new Set([...before, ...after]).size, 6);
  assert.match(told[0]!, /^error: The database is out of reach\. .*administrator command/);
  assert.equal(told[1], "info: The database is there again.");

  await postgres.query(`SELECT pg_terminate_backend(${after[0]})`);
  await eventually(async () => assert.notEqual((await pids())[0], after[0]));
  await Promise.all(several.map((each) => each.close()));
  assert.equal(told.length, 4);
  await assert.rejects(several[0]!.ready(), ConnectionLost);
});

test("a connection with which nothing can begin is closed again, however often it is tried", async (postgres) => {
  const opened: Connection[] = [];
  let mayBegin = false;
  const kept = new LastingConnection({
    async open(more) {
      const connection = await Connection.open(address(postgres.url), more);
      opened.push(connection);
      return connection;
    },
    begin(connection) {
      if (!mayBegin) throw new Error("permission denied");
      return connection;
    },
    outage: new Outage(() => {}),
  });
  await assert.rejects(kept.ready(), /permission denied/);
  await eventually(() => assert.equal(opened.length > 1, true));
  mayBegin = true;
  const connection = await eventually(() => kept.ready());
  assert.deepEqual(opened.filter(({ lost }) => !lost), [connection]);
  await kept.close();
});
