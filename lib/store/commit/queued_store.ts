/**
 * A store made of queues: each operation is a method that submits to one of them. Knows no database
 * and nothing about what the operations do.
 */
import type { OperationName } from "../operations/operation.ts";
import { KINDS } from "./kinds.ts";
import type { Store } from "../store.ts";
import type { OperationQueue } from "./queue.ts";

/** What never changes, so that the first page need not wait for a connection. */
export interface Known {
  instance: string;
  epoch: string;
  /** It has accounts, which are never removed. */
  inhabited: boolean;
  /**
   * What staff have set, as it was when the database was opened: the answer until the first
   * operation, before which nothing can have changed it.
   */
  workspace?: Record<string, unknown>;
}

/** Milliseconds that such a read waits until what it has seen is announced, at most. */
const ANNOUNCED_MS = 1_000;

export interface QueuedStoreOptions {
  queueOf(name: OperationName): OperationQueue;
  /** In the order in which they are closed, once nothing is in progress in any of them. */
  queues: readonly OperationQueue[];
  known: Known;
  /**
   * Starts the executors a little later, when the program should be up. Without it they start with
   * the first operation.
   */
  afterStart?: ((begin: () => void) => () => void) | undefined;
}

export function createQueuedStore(options: QueuedStoreOptions): Store {
  const { queueOf, queues, known } = options;
  const methods: Record<string, (input: unknown) => Promise<unknown>> = {};
  let started = false;
  let starting: Promise<void> | null = null;
  const cancelWarmUp = options.afterStart?.(() => void start());
  // The cast: `keys` forgets which names there are.
  for (const name of Object.keys(KINDS) as OperationName[]) {
    const queue = queueOf(name);
    methods[name] = (input) =>
      started ? queue.submit(name, input) : start().then(() => queue.submit(name, input));
  }
  // A message that they have seen and nobody has heard of yet would be told again behind them.
  for (const name of ["snapshot", "memberRooms"] as const) {
    const read = methods[name]!;
    methods[name] = async (input) => {
      const answer = await read(input);
      const { batch } = queueOf("sendMessage");
      if (batch !== null) await inTime(batch);
      return answer;
    };
  }
  methods.epoch = () => Promise.resolve(known.epoch);
  methods.instance = () => Promise.resolve(known.instance);
  const { storedWorkspace: askWorkspace } = methods;
  methods.storedWorkspace = (input) =>
    starting === null && known.workspace !== undefined
      ? Promise.resolve(known.workspace)
      : askWorkspace!(input);
  if (known.inhabited) methods.hasAccounts = () => Promise.resolve(true);

  /**
   * Starts all of them before the first operation: the runtime panics if a new thread gets no file
   * descriptors, so none may start later, in the middle of a flood of connections.
   */
  function start(): Promise<void> {
    return starting ??= Promise.all(queues.map((queue) => queue.wake())).then(() => {
      started = true;
    });
  }

  async function close(): Promise<void> {
    cancelWarmUp?.();
    if (!started) await starting; // what was submitted meanwhile goes first
    await Promise.all(queues.map((queue) => queue.drain()));
    for (const queue of queues) await queue.close();
  }

  // The cast: the table is checked against Store name by name, and each method passes its input and
  // its result unchanged.
  return { ...methods, close } as unknown as Store;
}

/** Whoever only reads does not wait for a disk that hangs. */
function inTime(batch: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ANNOUNCED_MS);
    void batch.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
