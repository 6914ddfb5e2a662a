/**
 * Brings a database to the newest schema: an ordered list, each step in a transaction of its own
 * together with the number that says it was taken. Knows the database only through the driver.
 */
import type { Dialect, Driver } from "../driver.ts";
import type { Migration, Report } from "./migration.ts";
import { SCHEMA_VERSION } from "./schema_version.ts";

export interface MigrationOptions {
  dialect: Dialect;
  /**
   * Runs one step in a transaction that keeps other writers out; rolls back if it throws. May run it
   * again after one that was undone.
   */
  transaction(step: (db: Driver) => Promise<void>): Promise<void>;
  /** The name of this history, kept if the database is new. */
  epoch: string;
  /** Tells the operator about changed rows; without it, nobody is told. */
  report?: Report;
  /** For tests: other steps than the program's own. */
  migrations?: readonly Migration[];
}

/**
 * Applies the missing steps. Repeating it changes nothing. Throws if a newer version of the program
 * wrote the database.
 */
export async function migrate(options: MigrationOptions): Promise<void> {
  const newest = options.migrations?.length ?? SCHEMA_VERSION;
  await options.transaction(createVersionTable);
  let done = false;
  while (!done) {
    const found: string[] = [];
    await options.transaction(async (db) => {
      found.length = 0; // an earlier attempt was undone
      // Read inside the transaction: another process may be migrating the same database.
      const version = await currentVersion(db);
      refuseUnfinished(version);
      if (version > newest) await refuseNewer(db, version, newest);
      done = version >= newest;
      if (done) return;
      const { MIGRATIONS } = await import("./steps.ts");
      const next = (options.migrations ?? MIGRATIONS)[version]!;
      await apply(db, next, options.dialect, (sentence) => void found.push(sentence));
    });
    for (const sentence of found) options.report?.(sentence);
  }
  await options.transaction(async (db) => {
    await keepEpoch(db, options.epoch);
    await keepInstance(db);
  });
}

async function createVersionTable(db: Driver): Promise<void> {
  await db.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", []);
  await db.run(
    "INSERT INTO schema_version (version) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)",
    [],
  );
}

async function currentVersion(db: Driver): Promise<number> {
  const row = await db.get<{ version: number }>("SELECT version FROM schema_version", []);
  return row?.version ?? 0;
}

/** While a copy goes into a database, the version of its schema is written with a minus. */
function refuseUnfinished(version: number): void {
  if (version >= 0) return;
  throw new Error(
    'the chat is being copied into it, or that was interrupted; run the same "migrate" again, ' +
      "which goes on where it stopped.",
  );
}

/** A newer program wrote the database; the message is for the operator. */
export class NewerSchema extends Error {
  override readonly name = "Error";
}

/** Unless it only added what a program that knows less does not need. */
async function refuseNewer(db: Driver, version: number, known: number): Promise<void> {
  if (await compatibleFrom(db, version) <= known) return;
  throw new NewerSchema(
    `Cannot open the database: its schema is version ${version}, and this version of Confab ` +
      `knows versions up to ${known}. Start the newer Confab that wrote it, or restore a backup ` +
      `that was made before the upgrade.`,
  );
}

async function apply(
  db: Driver,
  migration: Migration,
  dialect: Dialect,
  report: Report,
): Promise<void> {
  for (const statement of migration.statements(dialect)) await db.run(statement, []);
  await migration.rewrite?.(db, report);
  await keepCompatible(db, migration);
  await db.run("UPDATE schema_version SET version = ?", [migration.version]);
}

/**
 * In `meta`, as "VERSION:OLDEST"; the version is there so that nothing is believed about a schema
 * that was changed by a program that keeps no such row.
 */
async function compatibleFrom(db: Driver, version: number): Promise<number> {
  const row = await db.get<{ value: string }>(
    "SELECT value FROM meta WHERE key = 'compatible_from'",
    [],
  );
  const [of, oldest] = row?.value.split(":").map(Number) ?? [];
  return of === version && oldest !== undefined ? oldest : version;
}

/** A step that only adds does not make those work again that an earlier one has left behind. */
async function keepCompatible(db: Driver, { version, compatibleFrom: from }: Migration) {
  const oldest = from === undefined
    ? version
    : Math.max(from, await compatibleFrom(db, version - 1));
  await db.run(
    `INSERT INTO meta (key, value) VALUES ('compatible_from', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [`${version}:${oldest}`],
  );
}

async function keepEpoch(db: Driver, epoch: string): Promise<void> {
  await db.run(
    "INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT (key) DO NOTHING",
    [epoch],
  );
}

/** The first epoch is the instance's permanent name; later ones only name its later histories. */
async function keepInstance(db: Driver): Promise<void> {
  await db.run(
    `INSERT INTO meta (key, value) SELECT 'instance', value FROM meta WHERE key = 'epoch'
     ON CONFLICT (key) DO NOTHING`,
    [],
  );
}
