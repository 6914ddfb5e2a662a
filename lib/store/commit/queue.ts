/**
 * The queue in front of an executor: everything submitted while a batch is running goes into the
 * next. Announces what was committed, then answers. Knows no thread, no database, and nothing about
 * what the operations do.
 */
import type { ConfabError } from "../../errors.ts";
import type { LaneCounts } from "../../metrics/counts.ts";
import type { TracePlace, Tracing } from "../../metrics/tracing.ts";
import { NO_CHANGES, type OperationName } from "../operations/operation.ts";
import type { Change } from "../store.ts";
import type { Executor } from "./executor.ts";
import { LaneWatch, LOST } from "./lane_watch.ts";
import { type Pace, Pause } from "./pace.ts";
import { type BatchOutcome, fromWireError, unavailable, type WireError } from "./wire.ts";

/**
 * For the operator's log. `detail` holds no parameter of a statement. `info`: something that was
 * wrong is right again.
 */
export type Log = (message: string, detail: string, level?: "error" | "info") => void;

export interface QueueOptions {
  executor: Executor;
  /** Its name in log messages: "database writer". */
  name: string;
  /** The most operations in one batch: limits how long the first waits for the last. */
  batchSize: number;
  /** Which of those that wait go together; without it, all. */
  cut?: Cut;
  /**
   * Batches running at once; 1 by default. Use more only for reads: commits are announced in the
   * order in which their batches are answered.
   */
  lanes?: number;
  pace: Pace;
  onCommit(changes: Change[]): void;
  log: Log;
  /** See `LaneWatch`. */
  counts?: LaneCounts | undefined;
  tracing?: Tracing | null | undefined;
}

/**
 * Looks at what waits, the first first, and says how many of them make the next batch (at least
 * one), and whether it `grows`: more that arrive may still join it, so waiting for them may pay.
 */
export type Cut = (waiting: readonly { name: OperationName }[]) => { size: number; grows: boolean };

const ALL: Cut = ({ length }) => ({ size: length, grows: true });

interface Pending {
  name: OperationName;
  input: unknown;
  resolve(result: unknown): void;
  reject(error: ConfabError): void;
  /** Where in a trace it was submitted. */
  place: TracePlace | null;
}

export class OperationQueue {
  readonly #options: QueueOptions;
  readonly #lanes: number;
  readonly #cut: Cut;
  readonly #watch: LaneWatch;
  /** Batches running now. */
  #running = 0;
  /** The one that was begun last, while it runs. */
  #batch: Promise<void> | null = null;
  #waiting: Pending[] = [];
  #flushPlanned = false;
  #hasFlushed = false;
  readonly #pause = new Pause();
  /**
   * Whether the last batch failed as a whole: an outage is logged when it begins and when it ends.
   */
  #failing = false;
  #draining: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #onDrained: (() => void) | null = null;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#lanes = options.lanes ?? 1;
    this.#cut = options.cut ?? ALL;
    this.#watch = new LaneWatch(options);
  }

  /** Starts the executor; resolves when it is ready or has failed. Never rejects. */
  async wake(): Promise<void> {
    if (this.#draining !== null) return;
    await this.#options.executor.start().catch(() => {}); // already logged; the next batch tries again
  }

  submit(name: OperationName, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#draining !== null) {
        return reject(fromWireError(unavailable()));
      }
      this.#waiting.push({ name, input, resolve, reject, place: this.#watch.here() });
      this.#moved();
      if (this.#running < this.#lanes) this.#planFlush();
    });
  }

  /** Settles once what the batch under way has committed is announced; null: none is. */
  get batch(): Promise<void> | null {
    return this.#batch;
  }

  /** Accepts nothing more, and finishes what was submitted. */
  drain(): Promise<void> {
    return this.#draining ??= new Promise<void>((resolve) => {
      this.#onDrained = resolve;
      this.#planFlush();
    });
  }

  /** Drains, then releases the database. */
  close(): Promise<void> {
    return this.#closing ??= this.drain().then(() => this.#options.executor.close());
  }

  /**
   * Flushes at the end of this pass of the event loop: everything submitted in one pass shares a
   * batch.
   */
  #planFlush(): void {
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    const flush = () => {
      this.#flushPlanned = false;
      this.#flush();
    };
    // The first one waits for what is submitted beside it, and no longer: a start reads what staff
    // have set, and would load Node's timers for it (docs/decisions/0021).
    if (!this.#hasFlushed) queueMicrotask(flush);
    // deno-lint-ignore no-node-globals -- an import of node:timers is loaded by each start
    else setImmediate(flush);
    this.#hasFlushed = true;
  }

  #flush(): void {
    while (this.#running < this.#lanes && this.#waiting.length > 0) {
      const { size, grows } = this.#cut(this.#waiting);
      if (grows && this.#paused()) return;
      this.#options.pace.committing();
      this.#run(this.#waiting.splice(0, Math.min(size, this.#options.batchSize)));
    }
    if (this.#running === 0) this.#onDrained?.();
  }

  /** Whether the waiting operations should wait for more, until it is time or there are many. */
  #paused(): boolean {
    const wait = this.#draining === null ? this.#options.pace.wait(this.#waiting.length) : 0;
    if (wait > 0) this.#pause.begin(wait, () => this.#flush());
    else this.#pause.end();
    return wait > 0;
  }

  #run(batch: Pending[]): void {
    this.#running += 1;
    this.#moved();
    const end = this.#watch.begin(batch);
    const running = this.#options.executor.run({
      names: batch.map((pending) => pending.name),
      inputs: batch.map((pending) => pending.input),
    }).then((outcome) => {
      end(outcome.failure);
      this.#finish(batch, outcome);
    }, () => {
      end(LOST);
      this.#lose(batch);
    }).finally(() => {
      if (this.#batch === running) this.#batch = null;
    });
    this.#batch = running;
  }

  #moved(): void {
    this.#watch.moved(this.#waiting.length, this.#running);
  }

  #finish(batch: Pending[], outcome: BatchOutcome): void {
    this.#running -= 1;
    this.#moved();
    // Not at once: callers answered now may submit again and join the same batch.
    if (this.#waiting.length > 0 || this.#draining !== null) this.#planFlush();
    this.#noteFailure(outcome.failure);
    const overtaking = outcome.halted ? this.#waiting.splice(0) : [];
    const { executor } = this.#options;
    const done = batch.map(({ name, input }, index) =>
      outcome.errors.has(index) ? null : executor.restore(name, input, outcome.outcomes[index])
    );
    const committed = outcome.order?.map((index) => done[index]) ?? done;
    this.#announce(committed.flatMap((written) => written?.changes ?? NO_CHANGES));
    for (const [index, pending] of batch.entries()) {
      const error = outcome.errors.get(index);
      if (error === undefined) pending.resolve(done[index]?.result);
      else this.#refuse(pending, error);
    }
    for (const pending of overtaking) this.#refuse(pending, unavailable());
  }

  #refuse(pending: Pending, error: WireError): void {
    if (error.detail !== undefined) {
      this.#options.log(`The operation ${pending.name} failed.`, error.detail);
    }
    pending.reject(fromWireError(error));
  }

  /**
   * Called before anybody is answered. What is committed stays committed, whatever a listener does.
   */
  #announce(changes: Change[]): void {
    if (changes.length === 0) return;
    try {
      this.#options.onCommit(changes);
    } catch (thrown) {
      this.#options.log("A listener failed on committed changes.", String(thrown));
    }
  }

  #noteFailure(failure: string | null): void {
    const { name, log } = this.#options;
    if (failure !== null && !this.#failing) log(`The ${name} began to fail.`, failure);
    if (failure === null && this.#failing) log(`The ${name} works again.`, "", "info");
    this.#failing = failure !== null;
  }

  /**
   * The executor has died. Whether the batch was committed is unknown, so its callers are asked to
   * retry: a stored message is recognised by its `clientId`. Waiting operations are refused too:
   * they would overtake the retries. The next submission starts the executor again.
   */
  #lose(batch: Pending[]): void {
    this.#running -= 1;
    this.#planFlush();
    this.#pause.end();
    const error = fromWireError(unavailable());
    for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(error);
    this.#moved();
  }
}
