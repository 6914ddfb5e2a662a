/**
 * Does what is due, one at a time and in the order of its times, as long as the program runs. The
 * queue is in the database: what was missed while nothing ran is done at the start, and of several
 * nodes one does each. It knows no kind of job.
 */
import type { EventLoop } from "../event_loop.ts";
import type { JobCounts } from "../metrics/counts.ts";
import type { Logger } from "../program/log.ts";
import type { Job, JobKind, JobQueue } from "../store/contract/jobs.ts";
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

export interface JobRunnerOptions {
  store: Pick<Store, "takeJobs" | "jobQueue">;
  works: Readonly<Record<JobKind, JobWork>>;
  /** Whether trying again may help, however often it failed. */
  isPassing(error: unknown): boolean;
  now(): number;
  loop: Pick<EventLoop, "every">;
  log: Pick<Logger, "error">;
  counts: JobCounts;
}

export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #kinds: JobKind[];
  #working: Promise<void> | null = null;
  #again = false;
  #closed = false;
  #silence: () => void = () => {};

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#kinds = Object.keys(options.works) as JobKind[]; // the record's own keys
  }

  /** Something may be due, or was planned. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#working ??= this.#work().finally(() => this.#working = null);
  }

  /** Waits for the job that is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#silence();
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      this.#wakeIn(await this.#look());
    }
  }

  /** Does what is due; then says after how many milliseconds to look again. */
  async #look(): Promise<number> {
    const { store, now, log } = this.#options;
    try {
      let asOf = now();
      while (await this.#portion(asOf) && !this.#closed) asOf = now();
      // As of when the last were taken: what has become due since then is what comes next.
      return this.#pause(await store.jobQueue({ now: asOf }));
    } catch (error) {
      if (!this.#options.isPassing(error)) log.error("what is due cannot be looked for", { error });
      return LOOK_AGAIN;
    }
  }

  #pause({ next, due, since }: JobQueue): number {
    const { counts, now } = this.#options;
    counts.due = due;
    counts.since = since;
    return next === null ? LOOK_EVERY : Math.min(LOOK_EVERY, Math.max(0, next - now()));
  }

  /** Whether there may be more. */
  async #portion(now: number): Promise<boolean> {
    const taken = await this.#options.store.takeJobs({ kinds: this.#kinds, now, limit: PORTION });
    // What comes behind one that failed, in its lane, waits with it.
    const held = new Set<string>();
    for (const job of taken) {
      if (this.#closed) return false;
      if (!held.has(job.lane) && !await this.#do(job)) held.add(job.lane);
    }
    return taken.length === PORTION;
  }

  /** Whether it is done with. */
  async #do(job: Job): Promise<boolean> {
    const { works, isPassing, log, counts } = this.#options;
    const { kind, id, tries } = job;
    try {
      await works[kind].run(job);
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
      await works[job.kind].giveUp(job);
      return true;
    } catch (error) {
      log.error("a job that fails again and again could not be given up", { error });
      return false;
    }
  }

  /** Once, unless it is woken before. */
  #wakeIn(ms: number): void {
    this.#silence();
    if (this.#closed) return;
    const stop = this.#options.loop.every(Math.max(1, ms), () => {
      stop();
      this.wake();
    });
    this.#silence = stop;
  }
}
