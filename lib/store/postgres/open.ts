/** Makes a PostgreSQL database ready for a node: migrated, whoever starts first. */
import type { PostgresAddress } from "../../postgres/address.ts";
import { Connection } from "../../postgres/connection.ts";
import { CannotConnect } from "../../postgres/sentences.ts";
import type { Driver } from "../driver.ts";
import { migrate, NewerSchema } from "../migrations/migrate.ts";
import type { Migration, Report } from "../migrations/migration.ts";
import { hasAccounts } from "../operations/accounts.ts";
import { epoch, instance } from "../operations/meta.ts";
import { runInTransaction } from "../transaction.ts";
import { POSTGRES_DIALECT } from "./driver.ts";
import { keptSecret } from "./secret.ts";
import { ensureSendFunction } from "./send_function.ts";
import { BEGIN_WRITING, PostgresTransaction } from "./transaction.ts";
import { requireUsable } from "./usable.ts";

/**
 * Held by whoever changes the schema: `CREATE TABLE IF NOT EXISTS` fails where two run it at once.
 * The number means nothing but has to stay the same in every version.
 */
export const MIGRATION_LOCK = 7_266_225;

/** A database that is ready, with its name and its history's name. */
export interface Prepared {
  /** It has accounts. */
  inhabited: boolean;
  instance: string;
  epoch: string;
  /** Signs sessions. */
  secret: Uint8Array<ArrayBuffer>;
  /** What the operator should think about. */
  warning: string | null;
}

export interface PrepareOptions {
  /** The name of its history, if the database is new. */
  newEpoch: string;
  /** Signs sessions; null if the database is to keep one: then `madeSecret`, if it has none yet. */
  secret: Uint8Array<ArrayBuffer> | null;
  madeSecret: string;
  report: Report;
  /** For tests: other steps than the program's own. */
  migrations?: readonly Migration[] | undefined;
}

/** Throws `CannotConnect` if it cannot be used. */
export async function prepareDatabase(
  address: PostgresAddress,
  options: PrepareOptions,
): Promise<Prepared> {
  const connection = await Connection.open(address, { patient: true });
  try {
    return await prepareOn(connection, options);
  } catch (thrown) {
    throw thrown instanceof NewerSchema ? thrown : new CannotConnect(address, thrown);
  } finally {
    await connection.close();
  }
}

async function prepareOn(
  connection: Connection,
  options: PrepareOptions,
): Promise<Prepared> {
  const { newEpoch, secret, madeSecret, report } = options;
  const warning = await requireUsable(connection);
  const transaction = new PostgresTransaction(connection, BEGIN_WRITING);
  const inTransaction = (step: (db: Driver) => Promise<void>) =>
    runInTransaction(transaction, (db) => alone(db, step));
  await migrate({
    dialect: POSTGRES_DIALECT,
    transaction: inTransaction,
    epoch: newEpoch,
    report,
    ...(options.migrations === undefined ? {} : { migrations: options.migrations }),
  });
  await inTransaction(ensureSendFunction);
  const { driver } = transaction;
  return {
    inhabited: await hasAccounts.run(driver, undefined),
    instance: await instance.run(driver, undefined),
    epoch: await epoch.run(driver, undefined),
    secret: secret ?? await keptSecret(driver, madeSecret),
    warning,
  };
}

/** One node at a time; the others wait, and find the work done. */
async function alone(db: Driver, step: (db: Driver) => Promise<void>): Promise<void> {
  await db.get("SELECT pg_advisory_xact_lock(?)", [MIGRATION_LOCK]);
  await step(db);
}
