/** What PostgreSQL's answers mean: a COMMIT that undid everything is no success. */
import assert from "node:assert/strict";
import { readAddress } from "../../../lib/postgres/address.ts";
import { Connection } from "../../../lib/postgres/connection.ts";
import { NotCommitted } from "../../../lib/store/postgres/failures.ts";
import { BEGIN_WRITING, PostgresTransaction } from "../../../lib/store/postgres/transaction.ts";
import { postgresTests } from "../../support/postgres.ts";

const test = postgresTests();

test("the COMMIT of a transaction in which a statement failed is a failure", async (postgres) => {
  const connection = await Connection.open(readAddress(await postgres.createDatabase(), {}));
  try {
    const transaction = new PostgresTransaction(connection, BEGIN_WRITING);
    const { driver } = transaction;
    await transaction.begin();
    await driver.run("CREATE TABLE kept (id int)", []);
    await assert.rejects(driver.run("INSERT INTO kept VALUES (1 / 0)", []));
    assert.equal(transaction.state, "aborted");
    await assert.rejects(transaction.commit(), NotCommitted);
    assert.equal(transaction.failures.kindOf(new NotCommitted("")), "storage");

    await transaction.begin();
    await driver.run("CREATE TABLE kept (id int)", []);
    await transaction.commit();
    assert.equal(transaction.state, "none");
  } finally {
    await connection.close();
  }
});
