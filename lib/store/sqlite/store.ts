/**
 * The embedded store: SQLite in two Workers. One writes, gathering what arrives into group commits;
 * the other reads, so that a page of history never waits for the disk and reads go on when it is
 * full. This side prepares the file, then holds no connection, and knows no SQL.
 */
import type { Ticks } from "../../protocol/time.ts";
import { createPace, NO_PACE, type Pace } from "../commit/pace.ts";
import { type Log, OperationQueue } from "../commit/queue.ts";
import { isOperationName, OPERATIONS } from "../operations/table.ts";
import type { Store, StoreOptions } from "../store.ts";
import type { ConnectionRole } from "./messages.ts";
import { type Prepared, prepareDatabase } from "./open.ts";
import { WorkerExecutor } from "./worker_executor.ts";

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
  const report = (sentence: string) => options.log("the database was migrated", sentence);
  const prepared = await prepareDatabase(options.path, options.randomId(), report);
  if (prepared.replaced) options.log(REPLACED, options.path);
  const pace = createPace(() => performance.now() as Ticks);
  const writer = createQueue(options, "writer", prepared.epoch, WRITE_BATCH, pace);
  const reader = createQueue(options, "reader", prepared.epoch, READ_BATCH, NO_PACE);
  return createStore(writer, reader, prepared, options.afterStart);
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
  const executor = new WorkerExecutor({
    createWorker: () => createWorker(role),
    open: { type: "open", role, path, epoch },
    log,
  });
  return new OperationQueue({ executor, name: `database ${role}`, batchSize, pace, onCommit, log });
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

function createStore(
  writer: OperationQueue,
  reader: OperationQueue,
  prepared: Prepared,
  afterStart: SqliteStoreOptions["afterStart"],
): Store {
  const methods: Record<string, (input: unknown) => Promise<unknown>> = {};
  let started = false;
  let starting: Promise<void> | null = null;
  const cancelWarmUp = afterStart?.(() => void start());
  for (const name of Object.keys(OPERATIONS).filter(isOperationName)) {
    const queue = OPERATIONS[name].kind === "write" ? writer : reader;
    methods[name] = (input) =>
      started ? queue.submit(name, input) : start().then(() => queue.submit(name, input));
  }
  // They never change and need no Worker, so the first page need not wait for one.
  methods.epoch = () => Promise.resolve(prepared.epoch);
  methods.instance = () => Promise.resolve(prepared.instance);
  if (prepared.inhabited) methods.hasAccounts = () => Promise.resolve(true);

  /**
   * Starts both Workers before the first operation: the runtime panics if a new thread gets no file
   * descriptors, so none may start later, in the middle of a flood of connections.
   */
  function start(): Promise<void> {
    return starting ??= Promise.all([writer.wake(), reader.wake()]).then(() => {
      started = true;
    });
  }

  async function close(): Promise<void> {
    cancelWarmUp?.();
    if (!started) await starting; // what was submitted meanwhile goes first
    await Promise.all([writer.drain(), reader.drain()]);
    // The writer last: only a connection that can write merges the log into the database.
    await reader.close();
    await writer.close();
  }

  // The cast: the table is checked against Store name by name, and each method passes its input and
  // its result unchanged.
  return { ...methods, close } as unknown as Store;
}
