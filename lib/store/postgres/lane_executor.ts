/**
 * Runs write batches on one connection. Sends share a transaction; every other write has its own, so
 * that it holds the locks of one room at a time, and fails alone. Knows no queue.
 */
import type { LastingConnection } from "../../postgres/lasting_connection.ts";
import type { BatchWriter } from "../commit/batch.ts";
import type { Executor } from "../commit/executor.ts";
import type { Batch, BatchOutcome, WireError } from "../commit/wire.ts";
import type { PostgresTransaction } from "./transaction.ts";

/** What a connection that writes keeps. */
export interface WritingSession {
  transaction: PostgresTransaction;
  writer: BatchWriter;
}

/** Which operations of a batch share a transaction: `alone`, or with their neighbours. */
export type Sharing = "sends" | "all";

export class LaneExecutor implements Executor {
  readonly #line: LastingConnection<WritingSession>;
  readonly #sharing: Sharing;

  constructor(line: LastingConnection<WritingSession>, sharing: Sharing) {
    this.#line = line;
    this.#sharing = sharing;
  }

  async start(): Promise<void> {
    await this.#line.ready();
  }

  async run(batch: Batch): Promise<BatchOutcome> {
    const { transaction, writer } = await this.#line.ready();
    const outcomes: BatchOutcome[] = [];
    for (const part of this.#sharing === "all" ? [batch] : partsOf(batch)) {
      outcomes.push(await writer.write(part));
      // Whether the last part was committed is not known, and what waits must not overtake it.
      if (transaction.isLost) throw new Error("the connection was lost");
    }
    return joined(outcomes);
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}

/** The batch in its order, cut so that only sends stand together. */
export function partsOf({ names, inputs }: Batch): Batch[] {
  const parts: Batch[] = [];
  for (const [index, name] of names.entries()) {
    const last = parts.at(-1);
    if (last !== undefined && name === "sendMessage" && last.names[0] === name) {
      last.names.push(name);
      last.inputs.push(inputs[index]);
    } else parts.push({ names: [name], inputs: [inputs[index]] });
  }
  return parts;
}

/** `failure`: the last part's, so that an outage is over when a later part has succeeded. */
function joined(parts: readonly BatchOutcome[]): BatchOutcome {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const outcomes: unknown[] = [];
  const errors = new Map<number, WireError>();
  for (const part of parts) {
    const start = outcomes.length;
    for (const [index, error] of part.errors) errors.set(start + index, error);
    outcomes.push(...part.outcomes);
    outcomes.length = start + sizeOf(part);
  }
  return { outcomes, errors, failure: parts.at(-1)?.failure ?? null };
}

/** A part of which nothing was kept has an error for each operation, and no outcomes. */
function sizeOf({ outcomes, errors }: BatchOutcome): number {
  return Math.max(outcomes.length, errors.size);
}
