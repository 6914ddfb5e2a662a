/**
 * Runs, on one connection, all writes whose order counts. A run of sends is stored together; every
 * other write has a transaction of its own, so that it holds the locks of one room at a time, and
 * fails alone. Knows no queue.
 */
import type { LastingConnection } from "../../postgres/lasting_connection.ts";
import type { BatchWriter, Recorder } from "../commit/batch.ts";
import { restore } from "../commit/brief.ts";
import type { Executor } from "../commit/executor.ts";
import type { Cut } from "../commit/queue.ts";
import type { Batch, BatchOutcome } from "../commit/wire.ts";
import type { NewMessage } from "../contract/messages.ts";
import type { MessageWriter } from "./message_writer.ts";
import type { PostgresTransaction } from "./transaction.ts";

/** What a connection that writes keeps. */
export interface WritingSession {
  transaction: PostgresTransaction;
  writer: BatchWriter;
  messages: MessageWriter;
  recorder: Recorder;
}

/** How the queue in front of it is cut: a run of sends, or one write of another kind. */
export const cutSends: Cut = (waiting) => {
  const other = waiting.findIndex(({ name }) => name !== "sendMessage");
  if (other === 0) return { size: 1, grows: false };
  return other === -1 ? { size: waiting.length, grows: true } : { size: other, grows: false };
};

export class LaneExecutor implements Executor {
  readonly restore = restore;
  readonly #line: LastingConnection<WritingSession>;

  constructor(line: LastingConnection<WritingSession>) {
    this.#line = line;
  }

  async start(): Promise<void> {
    await this.#line.ready();
  }

  /** @param batch as `cutSends` has cut it */
  async run(batch: Batch): Promise<BatchOutcome> {
    const { transaction, writer, messages } = await this.#line.ready();
    if (batch.names[0] === "sendMessage") {
      // The cast: the inputs of this operation.
      return await messages.write(batch.inputs as NewMessage[]);
    }
    const outcome = await writer.write(batch);
    // Whether it was committed is not known, and what waits must not overtake it.
    if (transaction.isLost) throw new Error("the connection was lost");
    return outcome;
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}
