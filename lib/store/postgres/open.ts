/** Makes a PostgreSQL database ready for a node: migrated, whoever starts first. */
import type { PostgresAddress } from "../../postgres/address.ts";
import { Connection } from "../../postgres/connection.ts";
import type { Driver } from "../driver.ts";
import { migrate } from "../migrations/migrate.ts";
import type { Report } from "../migrations/migration.ts";
import { hasAccounts } from "../operations/accounts.ts";
import { epoch, instance } from "../operations/meta.ts";
import { runInTransaction } from "../transaction.ts";
import { POSTGRES_DIALECT } from "./driver.ts";
import { ensureSendFunction } from "./send_function.ts";
import { BEGIN_WRITING, PostgresTransaction } from "./transaction.ts";

/**
 * Held by whoever changes the schema: `CREATE TABLE IF NOT EXISTS` fails where two run it at once.
 * The number means nothing but has to stay the same in every version.
 */
const MIGRATION_LOCK = 7_266_225;

/** A database that is ready, with its name and its history's name. */
export interface Prepared {
  /** It has accounts. */
  inhabited: boolean;
  instance: string;
  epoch: string;
}

/** Rejects with what the server said if it cannot be used. */
export async function prepareDatabase(
  address: PostgresAddress,
  newEpoch: string,
  report: Report,
): Promise<Prepared> {
  const connection = await Connection.open(address, { patient: true });
  try {
    const transaction = new PostgresTransaction(connection, BEGIN_WRITING);
    await migrate({
      dialect: POSTGRES_DIALECT,
      transaction: (step) => runInTransaction(transaction, (db) => alone(db, step)),
      epoch: newEpoch,
      report,
    });
    await runInTransaction(transaction, (db) => alone(db, ensureSendFunction));
    const { driver } = transaction;
    return {
      inhabited: await hasAccounts.run(driver, undefined),
      instance: await instance.run(driver, undefined),
      epoch: await epoch.run(driver, undefined),
    };
  } finally {
    await connection.close();
  }
}

/** One node at a time; the others wait, and find the work done. */
async function alone(db: Driver, step: (db: Driver) => Promise<void>): Promise<void> {
  await db.get("SELECT pg_advisory_xact_lock(?)", [MIGRATION_LOCK]);
  await step(db);
}
