/**
 * Runs a batch of operations on one connection: writes in one transaction with one commit, reads in
 * one consistent view. Knows no threads and no queue, and the database only through `Transaction`.
 *
 * Group commit (DeWitt et al., SIGMOD 1984): the commit waits for the disk once, however many
 * operations it holds, so a hundred writers cost about as much as one.
 */
import type { Driver } from "../driver.ts";
import type { Operation, OperationName } from "../operations/operation.ts";
import { OPERATIONS } from "../operations/table.ts";
import type { Change } from "../changes.ts";
import type { Transaction } from "../transaction.ts";
import { type AnyWrite, shorten } from "./brief.ts";
import { SeriesRunner } from "./series.ts";
import { type Batch, type BatchOutcome, refuseAll, toWireError, type WireError } from "./wire.ts";

/** How often a batch is run before it is given up because of conflicts with others. */
const MOST_CONFLICTS = 5;

/**
 * Nearly every refusal is thrown before an operation's first write and leaves nothing to undo, so
 * savepoints (a seventh of a small write's cost) are not set at first: `plain`. If an operation did
 * fail halfway, everything is rolled back and run again, `guarded` by a savepoint for each
 * operation: nobody has been answered yet.
 */
type Mode = "plain" | "guarded";

/** Why a transaction was undone and must run again. */
type Again = "half done" | "conflict";

/** Keeps a record of what is written, in the same transactions, for who cannot be told directly. */
export interface Recorder {
  /** Called in the transaction, after each operation that succeeded. May throw like one. */
  record(db: Driver, changes: readonly Change[]): Promise<void>;
  /** What was recorded since the last commit is undone. */
  undone(): void;
  /** It is durable. Waited for before anybody is answered. */
  committed(): Promise<void>;
}

/** Runs write batches on one connection, and remembers what its series have read. */
export class BatchWriter {
  readonly #transaction: Transaction;
  readonly #recorder: Recorder | null;
  readonly #series: SeriesRunner;

  constructor(transaction: Transaction, recorder: Recorder | null = null) {
    this.#transaction = transaction;
    this.#recorder = recorder;
    this.#series = new SeriesRunner(transaction);
  }

  /**
   * All operations that succeed are durable when this resolves. An operation that fails leaves
   * nothing behind and fails alone; if storage fails, nothing of the batch is kept and every
   * operation fails.
   */
  async write(batch: Batch): Promise<BatchOutcome> {
    let mode: Mode = "plain";
    for (let conflicts = 0; conflicts < MOST_CONFLICTS;) {
      const outcome = await this.#tryOnce(batch, mode);
      if (outcome === "half done") mode = "guarded";
      else if (outcome === "conflict") conflicts += 1;
      else return outcome;
    }
    return refuseAll(batch, `other transactions were in the way ${MOST_CONFLICTS} times`);
  }

  async #tryOnce(batch: Batch, mode: Mode): Promise<BatchOutcome | Again> {
    const transaction = this.#transaction;
    try {
      const outcome = await this.#attempt(batch, mode);
      if (typeof outcome === "string") this.#forget();
      else await this.#recorder?.committed();
      return outcome;
    } catch (thrown) {
      this.#forget();
      if (transaction.failures.kindOf(thrown) === "conflict") return "conflict";
      return refuseAll(batch, transaction.failures.describe(thrown));
    } finally {
      if (transaction.state !== "none") await transaction.rollback();
    }
  }

  /** Any transaction still open afterwards must be rolled back. */
  async #attempt(batch: Batch, mode: Mode): Promise<BatchOutcome | Again> {
    const transaction = this.#transaction;
    const outcomes = new Array<unknown>(batch.names.length);
    const errors = new Map<number, WireError>();
    await transaction.begin();
    if (mode === "plain") this.#series.begin();
    for (const [index, name] of batch.names.entries()) {
      if (mode === "guarded") await transaction.savepoint();
      try {
        const operation = findWrite(name);
        const written = mode === "plain"
          ? await this.#series.run(operation, batch.inputs[index])
          : await operation.run(transaction.driver, batch.inputs[index]);
        if (this.#recorder !== null) {
          await this.#recorder.record(transaction.driver, written.changes);
        }
        outcomes[index] = shorten(operation, written);
      } catch (thrown) {
        if (isLost(transaction, thrown)) throw thrown;
        if (mode === "plain" && this.#leftSomething()) return "half done";
        if (mode === "guarded") await transaction.rollbackToSavepoint();
        errors.set(index, toWireError(thrown, transaction.failures));
      }
      if (mode === "guarded") await transaction.releaseSavepoint();
    }
    try {
      if (mode === "plain") await this.#series.finish();
    } catch (thrown) {
      if (isLost(transaction, thrown)) throw thrown;
      return "half done";
    }
    await transaction.commit();
    return { outcomes, errors, failure: null };
  }

  #forget(): void {
    this.#series.forget();
    this.#recorder?.undone();
  }

  /** Whether the operation that has just failed left something that the next ones must not see. */
  #leftSomething(): boolean {
    return this.#series.hasWritten() || this.#transaction.state === "aborted";
  }
}

/** Whether the whole transaction is lost. */
function isLost({ failures, state }: Transaction, thrown: unknown): boolean {
  return failures.kindOf(thrown) !== "operation" || state === "none";
}

/** Every operation of the batch sees the same state; one that fails, fails alone. */
export async function readBatch(transaction: Transaction, batch: Batch): Promise<BatchOutcome> {
  const outcomes = new Array<unknown>(batch.names.length);
  const errors = new Map<number, WireError>();
  try {
    await transaction.begin();
    for (const [index, name] of batch.names.entries()) {
      try {
        outcomes[index] = await findRead(name).run(transaction.driver, batch.inputs[index]);
      } catch (thrown) {
        errors.set(index, toWireError(thrown, transaction.failures));
        await beginAfresh(transaction);
      }
    }
    return { outcomes, errors, failure: null };
  } catch (thrown) {
    return refuseAll(batch, transaction.failures.describe(thrown));
  } finally {
    if (transaction.state !== "none") await transaction.rollback();
  }
}

/** What one operation has spoilt, the next ones must not pay for: they share a later view. */
async function beginAfresh(transaction: Transaction): Promise<void> {
  if (transaction.state !== "aborted") return;
  await transaction.rollback();
  await transaction.begin();
}

type AnyRead = Extract<Operation<unknown, unknown>, { kind: "read" }>;

// The casts: an input that crossed a thread has lost its type. Only the store's own methods, which
// are typed, send here, each with its own input.

export function findWrite(name: OperationName): AnyWrite {
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind !== "write") throw new Error(`Cannot write with ${name}: it reads.`);
  return operation;
}

function findRead(name: OperationName): AnyRead {
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind !== "read") throw new Error(`Cannot read with ${name}: it writes.`);
  return operation;
}
