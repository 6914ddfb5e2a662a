/**
 * Runs, on one connection, writes that no order depends on: a whole batch side by side in one
 * transaction, so that it takes as many round trips as one of them. Knows no queue.
 */
import type { LastingConnection } from "../../postgres/lasting_connection.ts";
import { type BatchWriter, findWrite, type Recorder } from "../commit/batch.ts";
import { restore, shorten } from "../commit/brief.ts";
import type { Executor } from "../commit/executor.ts";
import { type Batch, type BatchOutcome, toWireError, type WireError } from "../commit/wire.ts";
import { POSTGRES_FAILURES } from "./failures.ts";
import type { PostgresTransaction } from "./transaction.ts";

export interface SideSession {
  transaction: PostgresTransaction;
  /** Runs them one after another. */
  writer: BatchWriter;
  recorder: Recorder;
}

export class SideExecutor implements Executor {
  readonly restore = restore;
  readonly #line: LastingConnection<SideSession>;

  constructor(line: LastingConnection<SideSession>) {
    this.#line = line;
  }

  async start(): Promise<void> {
    await this.#line.ready();
  }

  async run(batch: Batch): Promise<BatchOutcome> {
    const session = await this.#line.ready();
    const { transaction, writer } = session;
    // Where a statement failed, all was undone: one after another, it fails alone.
    const outcome = await runTogether(session, batch).catch(() => null) ??
      await writer.write(batch);
    if (transaction.isLost) throw new Error("the connection was lost");
    return outcome;
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}

/** Null, or an error, if nothing of the batch was kept. */
async function runTogether(
  { transaction, recorder }: SideSession,
  { names, inputs }: Batch,
): Promise<BatchOutcome | null> {
  const outcomes = new Array<unknown>(names.length);
  const errors = new Map<number, WireError>();
  let committed = false;
  try {
    await transaction.begin();
    await Promise.all(names.map(async (name, index) => {
      const operation = findWrite(name);
      try {
        const written = await operation.run(transaction.driver, inputs[index]);
        await recorder.record(transaction.driver, written.changes);
        outcomes[index] = shorten(operation, written);
      } catch (thrown) {
        errors.set(index, toWireError(thrown, POSTGRES_FAILURES));
      }
    }));
    if (transaction.state !== "open") return null;
    await transaction.commit();
    committed = true;
    await recorder.committed();
    return { outcomes, errors, failure: null };
  } finally {
    if (!committed) recorder.undone();
    if (transaction.state !== "none") await transaction.rollback();
  }
}
