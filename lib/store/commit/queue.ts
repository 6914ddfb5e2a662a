/**
 * The queue in front of one Worker: what is submitted while a batch is under way goes whole into
 * the next. Starts the Worker when there is something to do, also again when it died. Knows nothing
 * of what the operations do.
 */
import { type ConfabError, toConfabError } from "../../errors.ts";
import { NO_CHANGES, type OperationName } from "../operations/operation.ts";
import type { Change } from "../store.ts";
import { restore } from "./brief.ts";
import { fromWireError, unavailable } from "../sqlite/failures.ts";
import type { BatchReply, OpenRequest, WireError, WorkerReply, WorkerRequest } from "./wire.ts";
import { type Pace, Pause } from "./pace.ts";

/** For the operator's log. `detail` holds no parameter of a statement. */
export type Log = (message: string, detail: string) => void;

export interface QueueOptions {
  createWorker(): Worker;
  open: OpenRequest;
  /** The most operations in one batch: bounds how long the first waits for the last. */
  batchSize: number;
  pace: Pace;
  onCommit(changes: Change[]): void;
  log: Log;
}

interface Pending {
  name: OperationName;
  input: unknown;
  resolve(result: unknown): void;
  reject(error: ConfabError): void;
}

type State = "down" | "starting" | "idle" | "busy" | "closed";

export class OperationQueue {
  readonly #options: QueueOptions;
  #state: State = "down";
  #worker: Worker | null = null;
  #waiting: Pending[] = [];
  #batch: Pending[] = [];
  #flushPlanned = false;
  readonly #pause = new Pause();
  /** Whether the last batch failed as a whole: an outage is logged when it begins and ends. */
  #failing = false;
  #draining: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #onDrained: (() => void) | null = null;
  #onClosed: (() => void) | null = null;
  readonly #onAwake: (() => void)[] = [];

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Starts the Worker where it is not there; resolves when it is, or cannot be. Never rejects. */
  wake(): Promise<void> {
    if (this.#draining !== null) return Promise.resolve();
    if (this.#state === "down") this.#startWorker();
    if (this.#state !== "starting") return Promise.resolve();
    return new Promise((resolve) => this.#onAwake.push(resolve));
  }

  #tellAwake(): void {
    for (const resolve of this.#onAwake.splice(0)) resolve();
  }

  submit(name: OperationName, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#draining !== null) {
        return reject(fromWireError(unavailable()));
      }
      this.#waiting.push({ name, input, resolve, reject });
      if (this.#state !== "busy") this.#planFlush();
    });
  }

  /** Takes nothing more, and finishes what was submitted. */
  drain(): Promise<void> {
    return this.#draining ??= new Promise<void>((resolve) => {
      this.#onDrained = resolve;
      this.#planFlush();
    });
  }

  /** Drains, then lets go of the database. */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  async #close(): Promise<void> {
    await this.drain();
    if (this.#worker !== null) {
      const closed = new Promise<void>((resolve) => this.#onClosed = resolve);
      this.#post({ type: "close" });
      await closed;
    }
    this.#dropWorker();
    this.#state = "closed";
  }

  /** At the end of this pass of the event loop: whoever submits in the same pass shares a batch. */
  #planFlush(): void {
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    // The global, which loads at its first use: an import of node:timers delays the start.
    // deno-lint-ignore no-node-globals
    setImmediate(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#state === "busy" || this.#state === "starting" || this.#state === "closed") return;
    if (this.#waiting.length === 0) return this.#onDrained?.();
    if (this.#state === "down") return this.#startWorker();
    if (this.#paused()) return;
    this.#options.pace.committing();
    this.#batch = this.#waiting.splice(0, this.#options.batchSize);
    this.#state = "busy";
    this.#post({
      type: "batch",
      names: this.#batch.map((pending) => pending.name),
      inputs: this.#batch.map((pending) => pending.input),
    });
  }

  /** Whether what waits is to wait for more, until its time has come or there are many. */
  #paused(): boolean {
    const wait = this.#draining === null ? this.#options.pace.wait(this.#waiting.length) : 0;
    if (wait > 0) this.#pause.begin(wait, () => this.#flush());
    else this.#pause.end();
    return wait > 0;
  }

  #post(request: WorkerRequest): void {
    try {
      this.#worker?.postMessage(request);
    } catch (thrown) {
      // An input that cannot be copied is a mistake of a caller; it must not stop the queue.
      const error = toConfabError(thrown);
      this.#options.log("An operation could not be handed to the database.", String(thrown));
      this.#state = "idle";
      this.#rejectAll(this.#takeBatch(), error);
      this.#planFlush();
    }
  }

  #startWorker(): void {
    this.#state = "starting";
    const worker = this.#options.createWorker();
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<WorkerReply>) => this.#receive(event.data);
    worker.onmessageerror = () => this.#died("A message could not be read.");
    worker.onerror = (event) => {
      // Without this the error would end the whole process.
      event.preventDefault();
      this.#died(event.message);
    };
    this.#post(this.#options.open);
  }

  #receive(reply: WorkerReply): void {
    switch (reply.type) {
      case "opened":
        this.#state = "idle";
        this.#tellAwake();
        return this.#planFlush();
      case "batch":
        return this.#finish(reply);
      case "closed":
        return this.#onClosed?.();
      case "broken":
        return this.#died(reply.detail);
    }
  }

  #finish(reply: BatchReply): void {
    const batch = this.#takeBatch();
    this.#state = "idle";
    this.#noteFailure(reply.failure);
    const done = batch.map(({ name, input }, index) =>
      reply.errors.has(index) ? null : restore(name, input, reply.outcomes[index])
    );
    this.#announce(done.flatMap((written) => written?.changes ?? NO_CHANGES));
    for (const [index, pending] of batch.entries()) {
      const error = reply.errors.get(index);
      if (error === undefined) pending.resolve(done[index]?.result);
      else this.#refuse(pending, error);
    }
    // Not at once: those who are answered now may submit again and join the same batch.
    this.#planFlush();
  }

  #refuse(pending: Pending, error: WireError): void {
    if (error.detail !== undefined) {
      this.#options.log(`The operation ${pending.name} failed.`, error.detail);
    }
    pending.reject(fromWireError(error));
  }

  /** Before anybody is answered. What is committed stays committed, whatever a listener does. */
  #announce(changes: Change[]): void {
    if (changes.length === 0) return;
    try {
      this.#options.onCommit(changes);
    } catch (thrown) {
      this.#options.log("A listener failed on committed changes.", String(thrown));
    }
  }

  #noteFailure(failure: string | null): void {
    const { role } = this.#options.open;
    if (failure !== null && !this.#failing) {
      this.#options.log(`The database ${role} began to fail.`, failure);
    }
    if (failure === null && this.#failing) {
      this.#options.log(`The database ${role} works again.`, "");
    }
    this.#failing = failure !== null;
  }

  /**
   * Whether the batch under way was committed is not known, so everybody is asked to repeat: a
   * message that was stored is recognised by its `clientId`. The next submission starts anew.
   */
  #died(detail: string): void {
    this.#dropWorker();
    this.#state = "down";
    this.#tellAwake();
    this.#onClosed?.();
    this.#options.log(`The database ${this.#options.open.role} stopped.`, detail);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#rejectAll([...this.#takeBatch(), ...waiting], fromWireError(unavailable()));
    this.#planFlush();
  }

  #rejectAll(pending: Pending[], error: ConfabError): void {
    for (const { reject } of pending) reject(error);
  }

  #takeBatch(): Pending[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }

  #dropWorker(): void {
    this.#pause.end();
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    worker.onmessage = null;
    worker.onmessageerror = null;
    worker.terminate();
  }
}
