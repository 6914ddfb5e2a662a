/** Opens the database that the settings name. It knows every store, and nothing that uses one. */
import { eventLoop } from "./event_loop.ts";
import type { StoreCounts } from "./metrics/counts.ts";
import type { Config } from "./program/config/config.ts";
import type { PostgresDatabase, SqliteDatabase } from "./program/config/values.ts";
import { StartError } from "./program/data_folder.ts";
import type { Logger } from "./program/log.ts";
import { DATABASE_WORKER } from "./program/places.ts";
import { openSqliteStore, SCHEMA_VERSION } from "./store/sqlite/store.ts";
import type { Change, Store } from "./store/store.ts";

export { SCHEMA_VERSION };

export interface OpenStoreOptions {
  /** Called with what was committed, in order. */
  onCommit(changes: Change[]): void;
  counts: StoreCounts;
  log: Logger;
}

/** Throws `StartError` with the reason. */
export async function openStore(
  database: Config["database"],
  options: OpenStoreOptions,
): Promise<Store> {
  try {
    return database.kind === "postgres"
      ? await openShared(database, options)
      : await openEmbedded(database, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`Cannot open the database ${nameOf(database)}: ${reason}`, {
      cause: error,
    });
  }
}

/** Without the password that a URL may have. */
function nameOf(database: Config["database"]): string {
  if (database.kind === "sqlite") return database.path;
  const { host, port, database: name } = database.address;
  return `${name} at ${host}:${port}`;
}

function openEmbedded({ path }: SqliteDatabase, options: OpenStoreOptions): Promise<Store> {
  return openSqliteStore({
    path,
    worker: DATABASE_WORKER,
    onCommit: options.onCommit,
    afterStart: eventLoop.afterStart,
    randomId: () => crypto.randomUUID(),
    counts: options.counts,
    log: (message, detail) => options.log.error(message, { detail }),
  });
}

/** Its client is large, and loaded only here. */
async function openShared(
  { address }: PostgresDatabase,
  options: OpenStoreOptions,
): Promise<Store> {
  const { openPostgresStore } = await import("./store/postgres/store.ts");
  return await openPostgresStore({
    address,
    onCommit: options.onCommit,
    afterStart: eventLoop.afterStart,
    randomId: () => crypto.randomUUID(),
    counts: options.counts,
    log: (message, detail) => options.log.error(message, { detail }),
  });
}
