/**
 * What the database's Worker does: answers one request after another on one SQLite connection.
 * SQLite's calls block, and a commit waits for the disk, so none of this runs on the main thread.
 */
import { BatchWriter, readBatch } from "../commit/batch.ts";
import type { Batch, BatchOutcome } from "../commit/wire.ts";
import { SQLITE_FAILURES } from "./failures.ts";
import type { OpenRequest, WorkerReply, WorkerRequest } from "./messages.ts";
import type { SqliteTransaction } from "./transaction.ts";

/** The part of a Worker's global scope that is used: the compiler only knows the window's. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(reply: WorkerReply): void;
}

/** How connections are opened; tests open theirs on a failing disk. */
export interface Openers {
  openWriter(path: string, epoch: string): Promise<SqliteTransaction>;
  openReader(path: string): SqliteTransaction;
}

export function serveOperations(scope: WorkerScope, openers: Openers): void {
  const desk = new Desk(openers);
  scope.onmessage = (event) => {
    desk.answer(event.data).catch((thrown) => desk.giveUp(thrown))
      .then((reply) => scope.postMessage(reply));
  };
}

/** The connection a Worker holds, once it is told which. */
class Desk {
  readonly #openers: Openers;
  #open: SqliteTransaction | null = null;
  #run: ((batch: Batch) => Promise<BatchOutcome>) | null = null;

  constructor(openers: Openers) {
    this.#openers = openers;
  }

  async answer(request: WorkerRequest): Promise<WorkerReply> {
    switch (request.type) {
      case "open":
        await this.#openAs(request);
        return { type: "opened" };
      case "batch":
        if (this.#run === null) throw new Error("Cannot run a batch: no database is open.");
        return { type: "batch", outcome: await this.#run(request.batch) };
      case "close":
        this.#close();
        return { type: "closed" };
    }
  }

  async #openAs({ role, path, epoch }: OpenRequest): Promise<void> {
    if (role === "writer") {
      const transaction = this.#open = await this.#openers.openWriter(path, epoch);
      const writer = new BatchWriter(transaction);
      this.#run = (batch) => writer.write(batch);
    } else {
      const transaction = this.#open = this.#openers.openReader(path);
      this.#run = (batch) => readBatch(transaction, batch);
    }
  }

  #close(): void {
    const open = this.#open;
    this.#open = this.#run = null;
    open?.close();
  }

  /** Releases the file, so that the next Worker does not find it locked. */
  giveUp(thrown: unknown): WorkerReply {
    try {
      this.#close();
    } catch {
      // It is closed already, or cannot be closed: the next Worker waits for the lock and reports.
    }
    return { type: "broken", detail: SQLITE_FAILURES.describe(thrown) };
  }
}
