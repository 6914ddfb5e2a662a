/**
 * Who runs the batches that the queue gathers: a Worker with a connection of its own
 * (`sqlite/worker_executor.ts`), or connections of a pool on this thread. Knows no queue.
 */
import type { Batch, BatchOutcome } from "./wire.ts";

export interface Executor {
  /**
   * Gets ready, anew where it has died. Rejects where it cannot. May be called at any time; a
   * batch that is run begins with it by itself.
   */
  start(): Promise<void>;
  /**
   * Runs a batch, in one transaction or in several, in the order of the batch. Resolves when what
   * was committed is durable, with what became of each operation. Rejects where that is not known:
   * it has died, and has told the log why.
   *
   * The queue waits for the answer before it hands over the next batch, unless it was given more
   * than one lane.
   */
  run(batch: Batch): Promise<BatchOutcome>;
  /** Lets go of the database. Called once, when nothing is under way. Never rejects. */
  close(): Promise<void>;
}
