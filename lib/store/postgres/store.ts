/**
 * The store over PostgreSQL, which any number of nodes share: two connections that write, a few that
 * read. Knows sockets, HTTP and the bus as little as any store does. It is loaded only where it is
 * configured: nobody may import it but by `import()`.
 */
import type { PostgresAddress } from "../../postgres/address.ts";
import { Connection, type ConnectionOptions } from "../../postgres/connection.ts";
import { LastingConnection } from "../../postgres/lasting_connection.ts";
import { Outage } from "../../postgres/outage.ts";
import { type LaneCounts, laneOf, type StoreCounts } from "../../metrics/counts.ts";
import type { Tracing } from "../../metrics/tracing.ts";
import type { Ticks } from "../../protocol/time.ts";
import { BatchWriter } from "../commit/batch.ts";
import type { Executor } from "../commit/executor.ts";
import { createPace, NO_PACE } from "../commit/pace.ts";
import { type Cut, type Log, OperationQueue } from "../commit/queue.ts";
import { createQueuedStore } from "../commit/queued_store.ts";
import type { OperationName, WriteOperation } from "../operations/operation.ts";
import { OPERATIONS } from "../operations/table.ts";
import type { Store, StoreOptions } from "../store.ts";
import type { StoredEvent } from "../operations/parts/events.ts";
import { EventRecorder } from "./event_recorder.ts";
import { cutSends, LaneExecutor, type WritingSession } from "./lane_executor.ts";
import { MessageWriter } from "./message_writer.ts";
import { prepareDatabase } from "./open.ts";
import { PoolExecutor } from "./pool_executor.ts";
import { refuseOtherSecret, showSecret } from "./secret.ts";
import { SideExecutor } from "./side_executor.ts";
import { BEGIN_READING, BEGIN_WRITING, PostgresTransaction } from "./transaction.ts";

/** The most writes in one batch, and reads in one view. */
const WRITE_BATCH = 2048;
const READ_BATCH = 16;
/** Connections that read. */
const READERS = 4;

export interface PostgresStoreOptions extends StoreOptions {
  address: PostgresAddress;
  /** Returns a new unguessable name; called once, used if the database is new. */
  randomId(): string;
  /** Signs sessions on every node; null if the database is to keep one: then `randomSecret`. */
  secret: Uint8Array<ArrayBuffer> | null;
  randomSecret(): string;
  log: Log;
  /** Where its lanes are counted, if anybody wants to know. */
  counts?: StoreCounts;
  /** Null where nobody traces. */
  tracing?: Tracing | null;
  /**
   * Called with the durable events that a transaction wrote once it is committed, and waited for
   * before its callers are answered. Must not reject.
   */
  onEvents?(events: StoredEvent[]): Promise<void>;
  /** How many connections read: `READERS`, but for tests that open hundreds of stores. */
  readers?: number;
  /** Opens the connections a little later; without it they are opened with the first operation. */
  afterStart?(begin: () => void): () => void;
}

export interface OpenedStore {
  store: Store;
  /** The same for every node. */
  secret: Uint8Array<ArrayBuffer>;
}

/**
 * Opens the database, migrating it first. Throws `CannotConnect` or `OtherSecret`, with a sentence
 * for the operator.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<OpenedStore> {
  const { address, log, readers: lanes = READERS } = options;
  const known = await prepareDatabase(address, {
    newEpoch: options.randomId(),
    secret: options.secret,
    madeSecret: options.randomSecret(),
    report: (sentence) => log("The database was migrated.", sentence, "info"),
  });
  const outage = new Outage(log);
  const lineOf = <Session>(
    lane: Lane,
    begin: (connection: Connection) => Session | Promise<Session>,
  ) => {
    const pipeline = lane !== "reader";
    const open = (more: ConnectionOptions) => Connection.open(address, { ...more, pipeline });
    return new LastingConnection({ open, begin: countBeginnings(options, lane, begin), outage });
  };
  const reading = () =>
    lineOf("reader", (connection) => new PostgresTransaction(connection, BEGIN_READING));
  const begin = (connection: Connection) => beginWriting(connection, options.onEvents);
  const ordered = lineOf("writer", async (connection) => {
    await showSecret(connection, known.secret);
    return { connection, ...begin(connection) };
  });
  const writer = writerOf(options, "writer", new LaneExecutor(ordered), { cut: cutSends });
  const side = writerOf(options, "second writer", new SideExecutor(lineOf("second writer", begin)));
  const readers = new PoolExecutor(Array.from({ length: lanes }, reading));
  const reader = new OperationQueue({
    executor: readers,
    name: "database reader",
    batchSize: READ_BATCH,
    lanes,
    pace: NO_PACE,
    onCommit: options.onCommit,
    log,
    counts: countsOf(options, "reader"),
    tracing: options.tracing,
  });
  const store = createQueuedStore({
    queueOf: (name) => queueFor(name, { writer, side, reader }),
    queues: [reader, side, writer],
    known,
    afterStart: options.afterStart,
  });
  const { connection } = await ordered.ready();
  try {
    await refuseOtherSecret(connection, known.secret);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
  if (known.warning !== null) log("The database should be looked at.", known.warning);
  return { store, secret: known.secret };
}

type Lane = "writer" | "second writer" | "reader";

function countsOf({ counts }: PostgresStoreOptions, lane: Lane): LaneCounts | undefined {
  return counts && laneOf(counts, lane, lane === "reader" ? "read" : "write");
}

/** Each beginning but the first means that the connection was lost. */
function countBeginnings<Session>(
  options: PostgresStoreOptions,
  lane: Lane,
  begin: (connection: Connection) => Session | Promise<Session>,
): (connection: Connection) => Session | Promise<Session> {
  const counts = countsOf(options, lane);
  let begun = false;
  return (connection) => {
    if (begun && counts !== undefined) counts.reconnects += 1;
    begun = true;
    return begin(connection);
  };
}

function beginWriting(
  connection: Connection,
  onEvents: PostgresStoreOptions["onEvents"],
): WritingSession {
  const transaction = new PostgresTransaction(connection, BEGIN_WRITING);
  const recorder = new EventRecorder(onEvents);
  const writer = new BatchWriter(transaction, recorder);
  const messages = new MessageWriter({ connection, transaction, writer, now });
  return { transaction, writer, messages, recorder };
}

function writerOf(
  options: PostgresStoreOptions,
  role: Lane,
  executor: Executor,
  more: { cut?: Cut } = {},
): OperationQueue {
  return new OperationQueue({
    executor,
    name: `database ${role}`,
    batchSize: WRITE_BATCH,
    pace: createPace(now),
    onCommit: options.onCommit,
    log: options.log,
    counts: countsOf(options, role),
    tracing: options.tracing,
    ...more,
  });
}

function now(): Ticks {
  return performance.now() as Ticks;
}

/**
 * What no order depends on has a lane of its own, so that a thousand read marks keep no message
 * waiting. Everything else is committed and announced in one order.
 */
function queueFor<Queue>(
  name: OperationName,
  queues: { writer: Queue; side: Queue; reader: Queue },
): Queue {
  const operation = OPERATIONS[name];
  if (operation.kind === "read") return queues.reader;
  const { unordered } = operation as WriteOperation<never, unknown>;
  return unordered === true ? queues.side : queues.writer;
}
