/** Opens the database that the settings name. It knows every store, and nothing that uses one. */
import { eventLoop } from "../event_loop.ts";
import type { StoreCounts } from "../metrics/counts.ts";
import type { Tracing } from "../metrics/tracing.ts";
import type { Config } from "../program/config/config.ts";
import type { PostgresDatabase, SqliteDatabase } from "../program/config/values.ts";
import { StartError } from "../program/data_folder.ts";
import type { Logger } from "../program/log.ts";
import { DATABASE_WORKER } from "../program/places.ts";
import { openSqliteStore, SCHEMA_VERSION } from "../store/sqlite/store.ts";
import type { OpenedStore } from "../store/postgres/store.ts";
import type { DurableChange } from "../store/changes.ts";
import type { Change } from "../store/store.ts";

export { SCHEMA_VERSION };

export interface OpenStoreOptions {
  /** Signs sessions; null if PostgreSQL keeps it. */
  secret: Uint8Array<ArrayBuffer> | null;
  /** Called with what was committed, in order. */
  onCommit(changes: Change[]): void;
  /** See `PostgresStoreOptions.onEvents`. */
  onEvents(events: { id: number; change: DurableChange }[]): Promise<void>;
  counts: StoreCounts;
  /** Null where nobody traces. */
  tracing: Tracing | null;
  log: Logger;
}

/** Throws `StartError`, with a sentence for the operator. */
export async function openStore(
  database: Config["database"],
  options: OpenStoreOptions,
): Promise<OpenedStore> {
  return database.kind === "postgres"
    ? await openShared(database, options)
    : await openEmbedded(database, options);
}

async function openEmbedded(
  { path }: SqliteDatabase,
  { secret, onCommit, counts, tracing, log }: OpenStoreOptions,
): Promise<OpenedStore> {
  if (secret === null) throw new Error("Beside SQLite there is a data folder with a secret.");
  try {
    const store = await openSqliteStore({
      path,
      worker: DATABASE_WORKER,
      onCommit,
      afterStart: eventLoop.afterStart,
      randomId: () => crypto.randomUUID(),
      counts,
      tracing,
      log: (message, detail, level = "error") =>
        log[level](message, detail === "" ? {} : { detail }),
    });
    return { store, secret };
  } catch (error) {
    const { sentenceOf } = await import("../store/sqlite/sentences.ts");
    const why = sentenceOf(error, path) ?? `${path}: ${reason(error)}`;
    throw new StartError(`Cannot open the database: ${why}`, { cause: error });
  }
}

/** Its client is large, and loaded only here. */
async function openShared(
  { address }: PostgresDatabase,
  { secret, onCommit, onEvents, counts, tracing, log }: OpenStoreOptions,
): Promise<OpenedStore> {
  const { howToAllow, mayReach } = await import("../postgres/permissions.ts");
  if (!await mayReach(address)) throw new StartError(howToAllow(address));
  const { openPostgresStore } = await import("../store/postgres/store.ts");
  try {
    return await openPostgresStore({
      address,
      secret,
      onCommit,
      onEvents,
      afterStart: eventLoop.afterStart,
      randomId: () => crypto.randomUUID(),
      randomSecret: () => crypto.getRandomValues(new Uint8Array(32)).toBase64(),
      counts,
      tracing,
      log: (message, detail, level = "error") =>
        log[level](message, detail === "" ? {} : { detail }),
    });
  } catch (error) {
    throw new StartError(reason(error), { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
