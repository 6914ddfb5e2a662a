/** Makes a PostgreSQL database ready for a node: migrated, whoever starts first. */
import { ADVISORY_LOCKS } from "../../postgres/advisory_locks.ts";
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
import { stateOf } from "./failures.ts";
import { keptSecret } from "./secret.ts";
import { ensureSendFunction } from "./send_function.ts";
import { BEGIN_WRITING, PostgresTransaction } from "./transaction.ts";
import { requireUsable } from "./usable.ts";

/**
 * How long a step waits for a lock: shorter than the second after which PostgreSQL looks for
 * deadlocks and ends whom it likes, and than the two seconds that a message waits.
 */
const LOCK_WAIT = "500ms";
/** Between two attempts: mostly others have the tables. The database waits: it has no other work. */
const PAUSE = "SELECT pg_sleep(0.2 + random() * 0.3)";
/** At most about a minute and a half. */
const MOST_ATTEMPTS = 100;
/** Lock timeout, deadlock, serialization failure. */
const IN_THE_WAY = new Set(["55P03", "40P01", "40001"]);

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
    givingWay(connection, () => runInTransaction(transaction, (db) => alone(db, step)));
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

/**
 * Nodes that serve meanwhile lock the tables in other orders, and a backup keeps all of them for
 * minutes. Whoever waits for a whole table makes all others wait behind it: so a step waits for a
 * moment, undoes what it has done, lets the others go on, and begins again.
 */
async function givingWay(connection: Connection, step: () => Promise<void>): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await step();
    } catch (thrown) {
      if (attempt === MOST_ATTEMPTS || !IN_THE_WAY.has(stateOf(thrown) ?? "")) throw thrown;
    }
    await connection.query({ text: PAUSE });
  }
}

/** One node at a time; the others wait, however long, and find the work done. */
async function alone(db: Driver, step: (db: Driver) => Promise<void>): Promise<void> {
  await db.get("SELECT pg_advisory_xact_lock(?)", [ADVISORY_LOCKS.migration]);
  await db.get("SELECT set_config('lock_timeout', ?, true)", [LOCK_WAIT]);
  await step(db);
}
