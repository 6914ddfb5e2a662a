/**
 * Does what is due in the order of its times, as long as the program runs: one at a time, or some of
 * different lanes beside each other. The queue is in the database: what was missed while nothing ran
 * is done at the start, and of several nodes one does each. It knows no kind of job.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { JobCounts } from "../metrics/counts.ts";
import type { Logger } from "../program/log.ts";
import type { Job, JobKind } from "../store/contract/jobs.ts";
import type { Store } from "../store/store.ts";

/** How often to look for what other nodes have planned, and have left; milliseconds. */
const LOOK_EVERY = 15_000;
/** When to look again where the database did not answer. */
const LOOK_AGAIN = 5_000;
/** Jobs taken at once: what comes next waits for the transaction that takes them. */
const PORTION = 20;
/** A job that fails so often, and not because the database is away, never succeeds. */
const MOST_TRIES = 10;

/** What a kind of job does. */
export interface JobWork {
  /** Takes the job out of the queue with what it does. Throws if it is to be tried again. */
  run(job: Job): Promise<void>;
  /** It has failed too often, for a reason that nobody has foreseen: takes it out. */
  giveUp(job: Job): Promise<void>;
}

export interface JobRunnerOptions extends Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "takeJobs" | "jobQueue">;
  /** The kinds of jobs that it does: no others. */
  works: Readonly<Partial<Record<JobKind, JobWork>>>;
  /** Jobs of different lanes that it may do beside each other; one, if left out. */
  atOnce?: number;
  /** Whether trying again may help, however often it failed. */
  isPassing(error: unknown): boolean;
  log: Pick<Logger, "error">;
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
    const { store, atOnce = 1 } = this.#options;
    const limit = atOnce === 1 ? PORTION : atOnce;
    const taken = await store.takeJobs({ kinds: this.#kinds, now, limit });
    if (atOnce === 1) await this.#inOrder(taken);
    else {
      const lanes = Map.groupBy(taken, ({ lane }) => lane);
      await Promise.all(lanes.values().map((jobs) => this.#inOrder(jobs)));
    }
    return taken.length === limit;
  }

  /** What comes behind one that failed, in its lane, waits with it. */
  async #inOrder(jobs: readonly Job[]): Promise<void> {
    const held = new Set<string>();
    for (const job of jobs) {
      if (this.#due.closed) return;
      if (!held.has(job.lane) && !await this.#do(job)) held.add(job.lane);
    }
  }

  /** Whether it is done with. */
  async #do(job: Job): Promise<boolean> {
    const { works, isPassing, log, counts } = this.#options;
    const { kind, id, tries } = job;
    try {
      await works[kind]!.run(job); // of a kind that it asked for
      counts.done.add(kind);
      return true;
    } catch (error) {
      counts.failed.add(kind);
      if (isPassing(error)) return false;
      log.error("a job failed", { kind, id, tries: tries + 1, error });
      return tries + 1 >= MOST_TRIES && await this.#giveUp(job);
    }
  }

  async #giveUp(job: Job): Promise<boolean> {
    const { works, log } = this.#options;
    try {
      await works[job.kind]!.giveUp(job);
      return true;
    } catch (error) {
      log.error("a job that fails again and again could not be given up", { error });
      return false;
    }
  }
}
