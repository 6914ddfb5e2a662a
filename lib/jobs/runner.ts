/**
 * Does what is due in the order of its times, one at a time, as long as the program runs. The queue is
 * in the database: what was missed while nothing ran is done at the start, and of several nodes one
 * does each. It knows no kind of job.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { JobCounts } from "../metrics/counts.ts";
import type { Job, JobKind } from "../store/contract/jobs.ts";
import type { Store } from "../store/store.ts";
import { tryJob, type TryOptions } from "./trying.ts";

/** How often to look for what other nodes have planned, and have left; milliseconds. */
const LOOK_EVERY = 15_000;
/** When to look again where the database did not answer. */
const LOOK_AGAIN = 5_000;
/** Jobs taken at once: what comes next waits for the transaction that takes them. */
const PORTION = 20;

export interface JobRunnerOptions extends TryOptions, Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "takeJobs" | "jobQueue">;
  counts: JobCounts;
}

export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #kinds: JobKind[];
  readonly #due: DueWork;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#kinds = Object.keys(options.works) as JobKind[]; // the record's own keys
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#look() });
  }

  /** Something may be due, or was planned. */
  wake(): void {
    this.#due.wake();
  }

  /** Something is due then: milliseconds since the epoch. */
  at(time: number): void {
    this.#due.at(time);
  }

  /** Waits for the job that is under way. */
  close(): Promise<void> {
    return this.#due.close();
  }

  /** Does what is due; then says when the next is. */
  async #look(): Promise<number | null> {
    const { store, now, log, counts } = this.#options;
    try {
      let asOf = now();
      while (await this.#portion(asOf) && !this.#due.closed) asOf = now();
      // As of when the last were taken: what has become due since then is what comes next.
      const { next, due, since } = await store.jobQueue({ kinds: this.#kinds, now: asOf });
      counts.due = due;
      counts.since = since;
      return next;
    } catch (error) {
      if (!this.#options.isPassing(error)) log.error("what is due cannot be looked for", { error });
      return now() + LOOK_AGAIN;
    }
  }

  /** Whether there may be more. */
  async #portion(now: number): Promise<boolean> {
    const { store } = this.#options;
    const taken = await store.takeJobs({ kinds: this.#kinds, now, limit: PORTION });
    await this.#inOrder(taken);
    return taken.length === PORTION;
  }

  /** What comes behind one that failed, in its lane, waits with it. */
  async #inOrder(jobs: readonly Job[]): Promise<void> {
    const held = new Set<string>();
    for (const job of jobs) {
      if (this.#due.closed) return;
      if (!held.has(job.lane) && !await tryJob(job, this.#options)) held.add(job.lane);
    }
  }
}
