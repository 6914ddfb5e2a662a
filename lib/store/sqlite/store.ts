/**
 * The embedded store: SQLite in two Workers. One writes, gathering what arrives into group commits;
 * the other reads, so that a page of history never waits for the disk and reads go on when it is
 * full. This side prepares the file; then it looks up sessions by itself, and gives again what the
 * reading Worker has just said.
 */
import { laneOf, type StoreCounts } from "../../metrics/counts.ts";
import type { Tracing } from "../../metrics/tracing.ts";
import type { Ticks } from "../../protocol/time.ts";
import { createPace, NO_PACE, type Pace } from "../commit/pace.ts";
import { type Log, OperationQueue } from "../commit/queue.ts";
import { createQueuedStore } from "../commit/queued_store.ts";
import { KINDS } from "../commit/kinds.ts";
import type { Store, StoreOptions } from "../store.ts";
import { ConnectionHere } from "./connection_here.ts";
import { withKeptAnswers } from "./kept_answers.ts";
import type { ConnectionRole } from "./messages.ts";
import { prepareDatabase } from "./open.ts";
import { WorkerExecutor } from "./worker_executor.ts";

export { SCHEMA_VERSION } from "../migrations/schema_version.ts";

/**
 * The most writes in one commit, and reads in one view. A commit writes whole pages, which many
 * messages share: 2,048 take about 60 ms, and cost two thirds of what they cost in batches of 512.
 */
const WRITE_BATCH = 2048;
const READ_BATCH = 64;

const REPLACED = "The database is not the one that was written here last, as after a backup was " +
  "put back: browsers will load anew what they knew of it.";

export interface SqliteStoreOptions extends StoreOptions {
  /** The database file, created with mode 0600 if there is none. */
  path: string;
  /** Returns a new unguessable name; called once, used if the database is new. */
  randomId(): string;
  log: Log;
  /** Where its lanes are counted, if anybody wants to know. */
  counts?: StoreCounts;
  /** Null where nobody traces. */
  tracing?: Tracing | null;
  /**
   * Starts the Workers a little later, when the program should be up: the first page, which asks
   * the store nothing, need not wait for them. Without it they start with the first operation.
   */
  afterStart?(begin: () => void): () => void;
  /** The Workers' module, if it is not `worker.ts` next to this file. */
  worker?: URL;
  /** For tests that replace a Worker. */
  createWorker?(role: ConnectionRole): Worker;
}

/**
 * Opens the database, migrating it first. The folder must exist. Throws a plain Error with the
 * reason if it fails: no permission, not a database, a schema from a newer version.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const report = (sentence: string) => options.log("The database was migrated.", sentence, "info");
  const prepared = await prepareDatabase(options.path, options.randomId(), report);
  if (prepared.replaced) options.log(REPLACED, options.path);
  const pace = createPace(() => performance.now() as Ticks);
  const writer = createQueue(options, "writer", prepared.epoch, WRITE_BATCH, pace);
  const reader = createQueue(options, "reader", prepared.epoch, READ_BATCH, NO_PACE);
  const store = createQueuedStore({
    queueOf: (name) => KINDS[name] === "write" ? writer : reader,
    // The writer last: only a connection that can write merges the log into the database.
    queues: [reader, writer],
    known: prepared,
    afterStart: options.afterStart,
  });
  return answeringHere(store, new ConnectionHere(options.path));
}

function answeringHere(store: Store, here: ConnectionHere): Store {
  return {
    ...withKeptAnswers(store, () => here.version()),
    getSession: (input) => here.find(input).catch(() => store.getSession(input)),
    close() {
      here.close();
      return store.close();
    },
  };
}

function createQueue(
  options: SqliteStoreOptions,
  role: ConnectionRole,
  epoch: string,
  batchSize: number,
  pace: Pace,
): OperationQueue {
  const createWorker = options.createWorker ?? ((role) => startWorker(options.worker, role));
  const { path, onCommit, log } = options;
  const counts = options.counts &&
    laneOf(options.counts, role, role === "writer" ? "write" : "read");
  let started = 0;
  const executor = new WorkerExecutor({
    createWorker() {
      if (counts !== undefined && started++ > 0) counts.reconnects += 1;
      return createWorker(role);
    },
    open: { type: "open", role, path, epoch },
    log,
  });
  const name = `database ${role}`;
  const { tracing } = options;
  return new OperationQueue({ executor, name, batchSize, pace, onCommit, log, counts, tracing });
}

/** The Worker inherits the process's permissions; narrowing them is still unstable in Deno. */
function startWorker(module: URL | undefined, role: ConnectionRole): Worker {
  const name = `database ${role}`;
  // In the bundle, where this file does not exist by itself, the module is always given.
  return new Worker(module ?? new URL(import.meta.resolve("./worker.ts")), {
    type: "module",
    name,
  });
}
