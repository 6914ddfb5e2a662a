/**
 * Does what is due, some beside each other, as long as the program runs: in turns by person, so that
 * what takes long of one is not before what another has. For jobs that wait for somebody else, each in
 * a lane of its own. The queue is in the database. It knows no kind of job.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { Job, JobKind } from "../store/contract/jobs.ts";
import type { Store } from "../store/store.ts";
import { tryJob, type TryOptions } from "./trying.ts";

export interface TurnRunnerOptions extends TryOptions, Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "takeJobs" | "jobQueue">;
  /** Jobs beside each other. */
  places: number;
  /** Of these, so many may be one person's. */
  placesAPerson: number;
}

/** How often to look for what other nodes have planned, and have left; milliseconds. */
const LOOK_EVERY = 15_000;
/** When to look again where the database did not answer. */
const LOOK_AGAIN = 5_000;
/** People whose turns are remembered: whoever is forgotten is as good as new. */
const MOST_SERVED = 1_000;

export class TurnRunner {
  readonly #options: TurnRunnerOptions;
  readonly #kinds: JobKind[];
  readonly #due: DueWork;
  /** What is being done, and whose it is. */
  readonly #underWay = new Map<Promise<void>, number>();
  /** Who had their turn, the last one last. */
  readonly #served = new Set<number>();

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
    this.#kinds = Object.keys(options.works) as JobKind[]; // the record's own keys
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#look() });
  }

  /** Something may be due, or was planned. */
  wake(): void {
    this.#due.wake();
  }

  /** Waits for the jobs that are under way. */
  async close(): Promise<void> {
    await this.#due.close();
    await Promise.all(this.#underWay.keys());
  }

  /** Begins what is due, as far as there are places; then says when the next is. */
  async #look(): Promise<number | null> {
    const { store, now, log } = this.#options;
    try {
      let asOf = now();
      while (await this.#begin(asOf)) asOf = now();
      // Where there is no place, the first that ends looks again.
      if (this.#free() === 0) return null;
      return (await store.jobQueue({ kinds: this.#kinds, now: asOf })).next;
    } catch (error) {
      if (!this.#options.isPassing(error)) log.error("what is due cannot be looked for", { error });
      return now() + LOOK_AGAIN;
    }
  }

  /** Whether there may be more to begin. */
  async #begin(now: number): Promise<boolean> {
    const limit = this.#free();
    if (limit === 0 || this.#due.closed) return false;
    const turns = { served: [...this.#served], full: this.#full() };
    const taken = await this.#options.store.takeJobs({ kinds: this.#kinds, now, limit, turns });
    if (this.#due.closed) return false;
    for (const job of taken) this.#do(job);
    return taken.length > 0;
  }

  #do(job: Job): void {
    const { userId } = job;
    this.#served.delete(userId);
    this.#served.add(userId);
    const [longestAgo] = this.#served;
    if (this.#served.size > MOST_SERVED) this.#served.delete(longestAgo!); // there are many
    const doing = tryJob(job, this.#options).then(() => {
      this.#underWay.delete(doing);
      this.#due.wake();
    });
    this.#underWay.set(doing, userId);
  }

  #free(): number {
    return this.#options.places - this.#underWay.size;
  }

  #full(): number[] {
    const people = Map.groupBy(this.#underWay.values(), (userId) => userId);
    return [...people].flatMap(([userId, { length }]) =>
      length >= this.#options.placesAPerson ? userId : []
    );
  }
}
