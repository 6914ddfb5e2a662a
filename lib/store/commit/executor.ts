/**
 * Who runs the batches that the queue gathers: a Worker with a connection of its own
 * (`sqlite/worker_executor.ts`), or connections of a pool on this thread. Knows no queue.
 */
import type { Restore } from "./brief.ts";
import type { Batch, BatchOutcome } from "./wire.ts";

export interface Executor {
  /**
   * Gets ready, again if it has died. Rejects if it cannot. May be called at any time; running a
   * batch starts it by itself.
   */
  start(): Promise<void>;
  /**
   * Runs a batch, in one transaction or several, in the order of the batch. Resolves when what was
   * committed is durable, with the outcome of each operation. Rejects if that is unknown: the
   * executor has died, and has logged why. The queue waits for the answer before it hands over the
   * next batch, unless it has more than one lane.
   */
  run(batch: Batch): Promise<BatchOutcome>;
  /** For what `run` has answered: see `brief.ts`, which knows every operation. */
  restore: Restore;
  /** Releases the database. Called once, when nothing is in progress. Never rejects. */
  close(): Promise<void>;
}
