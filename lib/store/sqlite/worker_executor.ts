/**
 * Runs batches in a Worker that holds one SQLite connection: starts it for the first batch, and
 * again when it has died. Waits for each answer before it sends the next request. Knows no queue.
 */
import type { Restore } from "../commit/brief.ts";
import type { Executor } from "../commit/executor.ts";
import type { Log } from "../commit/queue.ts";
import type { Batch, BatchOutcome, WireError } from "../commit/wire.ts";
import type { OpenRequest, WorkerReply, WorkerRequest } from "./messages.ts";

export interface WorkerExecutorOptions {
  createWorker(): Worker;
  open: OpenRequest;
  log: Log;
}

export class WorkerExecutor implements Executor {
  readonly #options: WorkerExecutorOptions;
  #worker: Worker | null = null;
  #started: Promise<void> = Promise.resolve();
  #restore: Restore | null = null;
  /** The request that is not answered yet. */
  #asked: PromiseWithResolvers<WorkerReply> | null = null;

  constructor(options: WorkerExecutorOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    if (this.#worker === null) this.#started = this.#startWorker();
    return this.#started;
  }

  async run(batch: Batch): Promise<BatchOutcome> {
    await this.start();
    const worker = this.#worker;
    if (worker === null) throw new Error("The database's Worker has died.");
    try {
      worker.postMessage({ type: "batch", batch } satisfies WorkerRequest);
    } catch (thrown) {
      // An input that cannot be copied is the caller's mistake; it must not stop the Worker.
      this.#options.log("An operation could not be handed to the database.", String(thrown));
      return refuseHandOver(batch);
    }
    const reply = await this.#answer();
    if (reply.type !== "batch") throw new Error(`A batch was answered with ${reply.type}.`);
    return reply.outcome;
  }

  async close(): Promise<void> {
    if (this.#worker !== null) {
      this.#worker.postMessage({ type: "close" } satisfies WorkerRequest);
      await this.#answer().catch(() => {}); // it has died, which releases the file as well
    }
    this.#dropWorker();
  }

  async #startWorker(): Promise<void> {
    const worker = this.#worker = this.#createWorker();
    worker.onmessage = (event: MessageEvent<WorkerReply>) => this.#receive(event.data);
    worker.onmessageerror = () => this.#die("A message could not be read.");
    worker.onerror = (event) => {
      // Without this the error would end the whole process.
      event.preventDefault();
      this.#die(event.message);
    };
    worker.postMessage(this.#options.open);
    // It knows every operation: it is loaded while the Worker starts, and no start waits for it.
    const [{ restore }] = await Promise.all([import("../commit/brief.ts"), this.#answer()]);
    this.#restore = restore;
  }

  restore: Restore = (name, input, outcome) => {
    if (this.#restore === null) throw new Error("Nothing was run yet.");
    return this.#restore(name, input, outcome);
  };

  #createWorker(): Worker {
    const { createWorker, log, open } = this.#options;
    try {
      return createWorker();
    } catch (thrown) {
      log(`The database ${open.role} could not be started.`, String(thrown));
      throw thrown;
    }
  }

  /** The Worker's next reply; rejects if it dies first. */
  #answer(): Promise<WorkerReply> {
    this.#asked = Promise.withResolvers();
    return this.#asked.promise;
  }

  #receive(reply: WorkerReply): void {
    if (reply.type === "broken") return this.#die(reply.detail);
    const asked = this.#asked;
    this.#asked = null;
    asked?.resolve(reply);
  }

  #die(detail: string): void {
    this.#dropWorker();
    this.#options.log(`The database ${this.#options.open.role} stopped.`, detail);
    const asked = this.#asked;
    this.#asked = null;
    asked?.reject(new Error(detail));
  }

  #dropWorker(): void {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    worker.onmessage = null;
    worker.onmessageerror = null;
    worker.terminate();
  }
}

function refuseHandOver({ names }: Batch): BatchOutcome {
  const error: WireError = { code: "internal", message: "Something went wrong on the server." };
  return { outcomes: [], errors: new Map(names.map((_, index) => [index, error])), failure: null };
}
