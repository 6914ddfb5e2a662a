/**
 * Runs read batches on several connections at once, one batch on each. Knows no queue, but that it
 * hands over no more batches at once than there are connections.
 */
import type { LastingConnection } from "../../postgres/lasting_connection.ts";
import { readBatch } from "../commit/batch.ts";
import { restore } from "../commit/brief.ts";
import type { Executor } from "../commit/executor.ts";
import type { Batch, BatchOutcome } from "../commit/wire.ts";
import type { PostgresTransaction } from "./transaction.ts";

export class PoolExecutor implements Executor {
  readonly restore = restore;
  readonly #lines: readonly LastingConnection<PostgresTransaction>[];
  readonly #free: LastingConnection<PostgresTransaction>[];
  /** Batches for which there was no open connection left: they get the next one. */
  readonly #waiting: ((line: LastingConnection<PostgresTransaction>) => void)[] = [];

  constructor(lines: readonly LastingConnection<PostgresTransaction>[]) {
    this.#lines = lines;
    this.#free = [...lines];
  }

  async start(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.ready()));
  }

  async run(batch: Batch): Promise<BatchOutcome> {
    const line = await this.#take();
    try {
      return await read(line, batch) ?? await read(line, batch) ?? lost();
    } finally {
      this.#giveBack(line);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.close()));
  }

  /** Where the server lets fewer connections in, those that are open serve all. */
  async #take(): Promise<LastingConnection<PostgresTransaction>> {
    const open = this.#free.findLastIndex((line) => line.isOpen);
    if (open === -1 && this.#lines.some((line) => line.isOpen)) {
      return await new Promise((resolve) => this.#waiting.push(resolve));
    }
    const [line] = this.#free.splice(open, 1); // the last one where none is open
    if (line === undefined) throw new Error("Cannot read: every connection is taken.");
    return line;
  }

  #giveBack(line: LastingConnection<PostgresTransaction>): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(line);
    else next(line);
  }
}

/** `null` if the connection was lost: what only reads may be asked again on the next one. */
async function read(
  line: LastingConnection<PostgresTransaction>,
  batch: Batch,
): Promise<BatchOutcome | null> {
  const transaction = await line.ready();
  try {
    const outcome = await readBatch(transaction, batch);
    return transaction.isLost ? null : outcome;
  } catch (thrown) {
    if (transaction.isLost) return null;
    throw thrown;
  }
}

function lost(): never {
  throw new Error("the connection was lost");
}
